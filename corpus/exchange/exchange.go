// Package exchange knows the file formats in which documents come in and go
// out, one file each, and the registry that lists them.
//
// A format reads bytes into a layout.Document, which keeps the bytes and says
// where their text stands; what goes out is those bytes with ranges replaced.
// What cannot be read is refused as FILE:LINE: reason, before anything is
// stored:
//
//	format, err := exchange.ByName("briefing.en.md")
//	doc, err := format.Read("briefing.en.md", raw, exchange.Options{})
//
// The package does not align, check or store anything.
package exchange

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// MaxSize is the size of the largest file that is read, in bytes.
const MaxSize = 32 << 20

// Format is a kind of file.
type Format struct {
	ID         string   // stable: it is stored with documents
	Title      string   // for people, in English
	Extensions []string // lower case, with the dot
	HasLines   bool     // what its line ends mean is a choice, see Lines
	read       func(raw []byte, o Options) *layout.Document
}

// Options are choices that a file does not make itself.
type Options struct {
	Lines Lines // plain text only
}

// Lines says what a line end means in plain text.
type Lines string

// The meanings of a line end.
const (
	LinesDecided Lines = ""     // decided for each file by how its lines end
	LinesHard    Lines = "hard" // each line is a paragraph
	LinesSoft    Lines = "soft" // lines of a paragraph are joined; a blank line ends it
)

// ByName returns the format of a file by the extension of its name, of kind
// Unsupported where there is none.
func ByName(name string) (Format, error) {
	ext := strings.ToLower(path.Ext(name))
	for _, f := range registry {
		for _, e := range f.Extensions {
			if e == ext {
				return f, nil
			}
		}
	}
	return Format{}, refuse(corpus.Unsupported, name, 1, "files ending in %q are not read; known are %s", ext, strings.Join(extensions(), " "))
}

// ByID returns the format with the id, of kind Unsupported where there is none.
func ByID(id string) (Format, error) {
	for _, f := range registry {
		if f.ID == id {
			return f, nil
		}
	}
	return Format{}, corpus.Errorf(corpus.Unsupported, "the format %q is not known to this program", id)
}

func extensions() []string {
	var all []string
	for _, f := range registry {
		all = append(all, f.Extensions...)
	}
	return all
}

// Read reads a file. The name is for messages alone. A file that is too large,
// binary or mostly undecodable is refused; single undecodable bytes make their
// block read-only.
func (f Format) Read(name string, raw []byte, o Options) (*layout.Document, error) {
	if err := readable(name, raw); err != nil {
		return nil, err
	}
	return f.read(raw, o), nil
}

// readable refuses what is no text.
func readable(name string, raw []byte) error {
	if len(raw) > MaxSize {
		return refuse(corpus.TooLarge, name, 1, "%d bytes; files of up to %d bytes are read", len(raw), MaxSize)
	}
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(raw, []byte(mark)) {
			return refuse(corpus.Unsupported, name, 1, "this is UTF-16; save the file as UTF-8")
		}
	}
	controls, broken, first := 0, 0, -1
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		bad := r == utf8.RuneError && n == 1
		control := r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a\x1b", r)
		if (bad || control) && first < 0 {
			first = i
		}
		if bad {
			broken++
		}
		if control {
			controls++
		}
		i += n
	}
	// Text in another encoding has about as many broken bytes as it has letters
	// outside ASCII, so a tenth of the file is far more than damage leaves. A
	// few stray bytes are damage even in the shortest file.
	const few = 4
	switch {
	case controls >= few && controls*50 > len(raw):
		return refuse(corpus.Invalid, name, line(raw, first), "this is a binary file, not text")
	case broken >= few && broken*10 > len(raw):
		return refuse(corpus.Invalid, name, line(raw, first), "this is not UTF-8; save the file as UTF-8")
	}
	return nil
}

func line(raw []byte, at int) int { return 1 + bytes.Count(raw[:at], []byte{'\n'}) }

// refuse returns the error for a file that is not taken, as FILE:LINE: reason.
func refuse(kind corpus.Kind, name string, line int, format string, args ...any) error {
	return corpus.Errorf(kind, "%s:%d: %s", name, line, fmt.Sprintf(format, args...))
}
