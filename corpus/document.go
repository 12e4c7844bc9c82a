package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"time"
)

// Document is a text under review: a name, a format, and the versions in which
// it was received.
type Document struct {
	ID      DocumentID
	Project ProjectID
	Name    string // unique in the project
	Format  string // id of a format in corpus/exchange: "markdown", "text"
	Created time.Time
	Current VersionID // the newest complete version
}

// Version is one pair of files exactly as received, and the run they came from.
// Either side may be missing.
type Version struct {
	ID       VersionID
	Document DocumentID
	Number   int  // 1 for the first
	Ready    bool // false while an import writes it; such a version shows nowhere
	Source   File
	Target   File
	Engine   string    // what translated, in the bureau's words
	Label    string    // which run it was
	Created  time.Time // when it was complete; while an import writes it, the last sign of life
	By       UserID
}

// File is one received file: its name and the hash under which its bytes are
// kept. The zero value stands for a side that was not received.
type File struct {
	Name string // relative path with slashes, as received
	Hash string // of the bytes, see BlobHash
	Size int64  // bytes
	Hard bool   // plain text only: each line is a paragraph of its own
	// Chosen says that a person decided what line ends mean; else the file did.
	Chosen bool

	// Shared says that the file holds both languages of its version, line by
	// line, and by which tags its lines were told apart, such as "zh:en"; "" for
	// a file of its own. Both sides of a version then have the same Hash.
	Shared string

	// Encoding names the encoding of the bytes, see package charset; "" for
	// UTF-8, and for formats that say it themselves.
	Encoding string
}

// Present reports whether the file was received.
func (f File) Present() bool { return f.Hash != "" }

// Validate refuses names that could leave the folder an export writes to.
func (f File) Validate() error {
	if !f.Present() {
		return nil
	}
	if f.Name == "" || f.Name != path.Clean(f.Name) || path.IsAbs(f.Name) || f.Name == ".." || strings.HasPrefix(f.Name, "../") || strings.ContainsAny(f.Name, "\\\x00") || hasHidden(f.Name) {
		return Errorf(Invalid, "file name %q: a relative path without .. and control characters is needed", f.Name)
	}
	return nil
}

// BlobHash returns the name under which bytes are kept: the hexadecimal
// SHA-256 (FIPS 180-4).
func BlobHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
