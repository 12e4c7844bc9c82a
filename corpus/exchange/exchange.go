// Package exchange knows the file formats in which documents come in and go
// out, one file each, and the registry that lists them.
//
// A format can do one or more of seven things, and its [Format] says which:
//
//   - read a text of one language (Markdown, plain text) into a layout.Document,
//     which keeps the bytes and says where their text stands; what goes out is
//     those bytes with ranges replaced;
//   - read a file that holds a text beside its translation (XLIFF) into two such
//     documents over the same bytes, with the pairs that the file says: a
//     [Bilingual]. Approved wordings are spliced into those bytes by the same
//     rule, so all that a format of ours does not know stays as it came;
//   - write a [Review]: a document with all that people did to it;
//   - read such a Review back, as far as the format carries it;
//   - read a translation memory or a glossary (TMX, TBX), which are no documents;
//   - read the rows of a table in which people reviewed (CSV, XLSX).
//
// What cannot be read is refused as FILE:LINE: reason, before anything is
// stored:
//
//	format, err := exchange.Recognise("briefing.xlf", raw)
//	pair, err := format.ReadPair("briefing.xlf", raw)
//
// The package does not align, check or store anything.
package exchange

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// MaxSize is the size of the largest file that is read, in bytes.
const MaxSize = 32 << 20

// Format is a kind of file.
type Format struct {
	ID         string   // stable: it is stored with documents
	Title      string   // for people, in English
	Extensions []string // lower case, with the dot
	Only       string   // id of the format in which a document must have come to be written in this one; "": any
	HasLines   bool     // what its line ends mean is a choice, see Lines

	// claims reports whether bytes are of this format, where several formats
	// have one extension or the extension says little. nil: the extension is
	// enough.
	claims func(raw []byte) bool

	// What a format cannot do is nil. The functions get no file that readable
	// refuses; name is for messages alone.
	read    func(raw []byte, o Options) *layout.Document
	inside  container // of read: where the text is not the bytes themselves
	pair    func(name string, raw []byte) (*Bilingual, error)
	write   func(w io.Writer, r *Review) error
	restore func(name string, raw []byte) (*Review, error)
	memory  func(name string, raw []byte) (*Memory, error)
	terms   func(name string, raw []byte) (*Glossary, error)
	table   func(name string, raw []byte) ([]TableRow, error)
}

// Bilingual is a file that holds a text beside its translation.
type Bilingual struct {
	Source, Target         *layout.Document // over the same bytes; either may have no blocks
	SourceLang, TargetLang string           // BCP 47 as the file says; "" where it does not
	Beads                  []Bead           // in reading order; they cover all blocks of both sides, each once
}

// Bead is a pair as a file says it: blocks of the source beside blocks of the
// target, by index, ascending and adjacent.
type Bead struct {
	Source, Target []int
	Slot           int // where Target is empty: the place in the file for it, see layout.Insertion; 0 for none
}

// Slot returns the place in the file for a translation of the block of the
// source; 0 where there is none.
func (b *Bilingual) Slot(block int) int {
	for _, bead := range b.Beads {
		if slices.Contains(bead.Source, block) {
			return bead.Slot
		}
	}
	return 0
}

// Formats returns all formats in the order in which they are shown.
func Formats() []Format { return registry() }

// Monolingual reports whether the format holds a text of one language.
func (f Format) Monolingual() bool { return f.read != nil }

// Bilingual reports whether the format holds a text beside its translation.
func (f Format) Bilingual() bool { return f.pair != nil }

// Writes reports whether a Review can be written in the format.
func (f Format) Writes() bool { return f.write != nil }

// Restores reports whether a Review can be read back from the format.
func (f Format) Restores() bool { return f.restore != nil }

// Remembers reports whether the format holds a translation memory.
func (f Format) Remembers() bool { return f.memory != nil }

// Defines reports whether the format holds a glossary.
func (f Format) Defines() bool { return f.terms != nil }

// Tabulates reports whether the format holds a table in which people reviewed.
func (f Format) Tabulates() bool { return f.table != nil }

// reads reports whether a file of the format can be read in any way.
func (f Format) reads() bool {
	return f.read != nil || f.pair != nil || f.restore != nil || f.memory != nil || f.terms != nil || f.table != nil
}

// Options are choices that a file does not make itself.
type Options struct {
	Lines    Lines            // plain text only
	Encoding charset.Encoding // Markdown and plain text; "": found by the bytes
}

// Lines says what a line end means in plain text.
type Lines string

// The meanings of a line end.
const (
	LinesDecided Lines = ""     // decided for each file by how its lines end
	LinesHard    Lines = "hard" // each line is a paragraph
	LinesSoft    Lines = "soft" // lines of a paragraph are joined; a blank line ends it
)

// ByName returns the first format of a file by the extension of its name, of
// kind Unsupported where there is none. Recognise looks at the content as well.
func ByName(name string) (Format, error) {
	if list := byExtension(name); len(list) > 0 {
		return list[0], nil
	}
	return Format{}, refuse(corpus.Unsupported, name, 1, "files ending in %q are not read; known are %s", path.Ext(name), strings.Join(extensions(), " "))
}

// Recognise returns the format of a file by the extension of its name and by
// its content, of kind Unsupported where no format with the extension knows the
// content.
func Recognise(name string, raw []byte) (Format, error) {
	first, err := ByName(name)
	if err != nil {
		return first, err
	}
	list := byExtension(name)
	for _, f := range list {
		if f.claims == nil || f.claims(raw) {
			return f, nil
		}
	}
	var titles []string
	for _, f := range list {
		titles = append(titles, f.Title)
	}
	return Format{}, refuse(corpus.Unsupported, name, 1, "files ending in %q are read as %s, and this is none by its content", path.Ext(name), strings.Join(titles, " or "))
}

// byExtension returns the formats that are read and have the extension.
func byExtension(name string) []Format {
	var list []Format
	ext := strings.ToLower(path.Ext(name))
	for _, f := range registry() {
		if slices.Contains(f.Extensions, ext) && f.reads() {
			list = append(list, f)
		}
	}
	return list
}

// ByID returns the format with the id, of kind Unsupported where there is none.
func ByID(id string) (Format, error) {
	for _, f := range registry() {
		if f.ID == id {
			return f, nil
		}
	}
	return Format{}, corpus.Errorf(corpus.Unsupported, "the format %q is not known to this program", id)
}

func extensions() []string {
	var all []string
	for _, f := range registry() {
		if f.Only != "" {
			continue
		}
		for _, e := range f.Extensions {
			if !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	return all
}

// Read reads a file. The name is for messages alone. A file that is too large,
// binary or mostly undecodable is refused; single undecodable bytes make their
// block read-only. The document is over the text inside the file, in UTF-8: of a
// file in another encoding its offsets in code points are those of the file, and
// those in bytes are not (see [Format.FileChanges]).
func (f Format) Read(name string, raw []byte, o Options) (*layout.Document, error) {
	if f.read == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "%s is no format of a single text", f.Title)
	}
	inside, err := f.unpack(name, raw, f.Resolved(raw, o))
	if err != nil {
		return nil, err
	}
	return f.read(inside, o), nil
}

// ReadPair reads a file that holds a text beside its translation. The name is
// for messages alone. A file that breaks a rule of its format is refused as
// FILE:LINE: rule.
func (f Format) ReadPair(name string, raw []byte) (*Bilingual, error) {
	if f.pair == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "%s holds no text beside its translation", f.Title)
	}
	if err := readable(name, raw); err != nil {
		return nil, err
	}
	return f.pair(name, raw)
}

// Write writes a review. On an error what was written is of no use; nothing was
// written where the review holds what the format cannot (kind Invalid, naming
// the unit).
func (f Format) Write(w io.Writer, r *Review) error {
	if f.write == nil {
		return corpus.Errorf(corpus.Unsupported, "reviews are not written as %s", f.Title)
	}
	return f.write(w, r)
}

// Restore reads back a review that Write wrote.
func (f Format) Restore(name string, raw []byte) (*Review, error) {
	if f.restore == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "no review can be read back from %s", f.Title)
	}
	if err := readable(name, raw); err != nil {
		return nil, err
	}
	review, err := f.restore(name, raw)
	if err != nil {
		return nil, err
	}
	// Units are read by their positions: of two at one place the second would be
	// passed over, and be in no export.
	seen := make(map[int64]bool, len(review.Units))
	for i := range review.Units {
		u := &review.Units[i].Unit
		if seen[u.Position] {
			return nil, refuse(corpus.Invalid, name, 1, "two units have the position %d; one is %s", u.Position, u.ID)
		}
		seen[u.Position] = true
	}
	return review, nil
}

// ReadMemory reads a translation memory, in UTF-8 or UTF-16. A file that breaks
// a rule of its format is refused as FILE:LINE: rule.
func (f Format) ReadMemory(name string, raw []byte) (*Memory, error) {
	if f.memory == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "%s holds no translation memory", f.Title)
	}
	raw, err := readableXML(name, raw)
	if err != nil {
		return nil, err
	}
	return f.memory(name, raw)
}

// ReadGlossary reads a glossary, in UTF-8 or UTF-16. A file that breaks a rule of
// its format is refused as FILE:LINE: rule.
func (f Format) ReadGlossary(name string, raw []byte) (*Glossary, error) {
	if f.terms == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "%s holds no glossary", f.Title)
	}
	raw, err := readableXML(name, raw)
	if err != nil {
		return nil, err
	}
	return f.terms(name, raw)
}

// ReadTable reads the rows of a table in which people reviewed. A file that is
// none is refused as FILE:LINE: rule.
func (f Format) ReadTable(name string, raw []byte) ([]TableRow, error) {
	if f.table == nil {
		return nil, refuse(corpus.Unsupported, name, 1, "%s is no review table; those are CSV or XLSX", f.Title)
	}
	return f.table(name, raw)
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
	return legible(name, raw)
}

// legible refuses a text that is binary or mostly undecodable.
func legible(name string, raw []byte) error {
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
		return refuse(corpus.Invalid, name, line(raw, first), "this is neither UTF-8 nor another encoding that is known; save the file as UTF-8, or say its encoding")
	}
	return nil
}

func line(raw []byte, at int) int { return 1 + bytes.Count(raw[:at], []byte{'\n'}) }

// refuse returns the error for a file that is not taken, as FILE:LINE: reason.
func refuse(kind corpus.Kind, name string, line int, format string, args ...any) error {
	return corpus.Errorf(kind, "%s:%d: %s", name, line, fmt.Sprintf(format, args...))
}
