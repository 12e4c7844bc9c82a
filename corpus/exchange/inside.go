package exchange

import (
	"cmp"
	"errors"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// container is how the text of a format stands inside its files where it is not
// the bytes themselves. The text inside is UTF-8, and a layout.Document is over
// that: its offsets count there.
type container interface {
	// unpack returns the text inside a file.
	unpack(name string, raw []byte) ([]byte, error)
	// pack returns the file with another text inside, all else as received.
	pack(name string, received, inside []byte) ([]byte, error)
	// changes says which bytes of the file received the changes of its text
	// replace, and by what: the proof of an export rests on them. ok is false
	// where the bytes of the file do not tell, as in a compressed one.
	changes(inside []byte, list []layout.Change) (out []layout.Change, ok bool, err error)
	// differ counts the bytes in which two files differ outside of their text, and
	// those in which the text inside data is another than the one given.
	differ(received, data, inside []byte) (int, error)
}

// Resolved returns the options with the choices made that the file decides.
func (f Format) Resolved(raw []byte, o Options) Options {
	if o.Encoding == "" {
		o.Encoding = f.DetectEncoding(raw).Encoding
	}
	return o
}

// HasEncodings reports whether files of the format come in several encodings.
func (f Format) HasEncodings() bool { return f.read != nil && f.inside == nil }

// DetectEncoding says in which encoding a file is; of a format that knows one
// alone, that one.
func (f Format) DetectEncoding(raw []byte) charset.Found {
	if !f.HasEncodings() {
		return charset.Found{Encoding: charset.UTF8}
	}
	return charset.Detect(raw)
}

// container returns how the text stands in the files; nil where it is the file.
func (f Format) container(o Options) container {
	switch {
	case f.inside != nil:
		return f.inside
	case o.Encoding != "" && o.Encoding != charset.UTF8:
		return encoded{o.Encoding}
	}
	return nil
}

// Pack returns a file of one language with another text inside than was
// received: encoded as it was, or put back among the other parts of its archive,
// whose bytes stay as they are. Options are resolved ones. Text with a character
// that the file's encoding lacks is refused (kind Blocked).
func (f Format) Pack(name string, received, inside []byte, o Options) ([]byte, error) {
	c := f.container(o)
	if c == nil {
		return inside, nil
	}
	return c.pack(name, received, inside)
}

// FileChanges turns changes of the text inside a file into changes of the bytes
// of the file. ok is false where there is no such thing, as in an archive.
func (f Format) FileChanges(inside []byte, changes []layout.Change, o Options) (out []layout.Change, ok bool, err error) {
	c := f.container(o)
	if c == nil {
		return changes, true, nil
	}
	return c.changes(inside, changes)
}

// Archive reports whether the text stands in the parts of an archive.
func (f Format) Archive() bool { return f.inside != nil }

// DifferOutside counts the bytes in which two archives differ outside of the text
// inside them, and those in which the text that data holds is another than inside,
// the one that was to be put in. Of a file that is no archive there are none.
func (f Format) DifferOutside(received, data, inside []byte) (int, error) {
	if f.inside == nil {
		return 0, nil
	}
	return f.inside.differ(received, data, inside)
}

// Holds returns nil where files with the options can hold a text, else an error
// that names the first character which they cannot.
func (f Format) Holds(text string, o Options) error {
	if err := o.Encoding.Check(text); err != nil {
		return corpus.Errorf(corpus.Blocked, "%s", err.Error())
	}
	return nil
}

// encoded is text in another encoding than UTF-8.
type encoded struct{ charset.Encoding }

func (e encoded) unpack(name string, raw []byte) ([]byte, error) {
	text, err := e.Decode(raw)
	var bad *charset.Undecodable
	if errors.As(err, &bad) {
		return nil, refuse(corpus.Invalid, name, bad.Line, "%s", bad.Error())
	}
	return text, err
}

// pack encodes a text, and reads it again: what does not come back as it went in
// is not handed out.
func (e encoded) pack(name string, _, inside []byte) ([]byte, error) {
	out, err := e.Encode(inside)
	if err != nil {
		return nil, corpus.Errorf(corpus.Blocked, "%s: %s", name, err.Error())
	}
	if again, err := e.Decode(out); err != nil || !slices.Equal(again, inside) {
		return nil, corpus.Errorf(corpus.Blocked, "%s: the text does not come back from %s as it was; nothing was exported", name, e.Title())
	}
	return out, nil
}

func (e encoded) changes(inside []byte, list []layout.Change) ([]layout.Change, bool, error) {
	var at []int
	for _, c := range list {
		at = append(at, c.Old.Start, c.Old.End)
	}
	at = e.Offsets(inside, at)
	out := make([]layout.Change, len(list))
	for i, c := range list {
		text, err := e.Encode(c.New)
		if err != nil {
			return nil, true, corpus.Errorf(corpus.Blocked, "%s", err.Error())
		}
		out[i] = layout.Change{Old: layout.Span{Start: at[2*i], End: at[2*i+1]}, New: text}
	}
	return out, true, nil
}

func (encoded) differ(_, _, _ []byte) (int, error) { return 0, nil }

// unpack returns the text inside a file of one language, which is readable.
func (f Format) unpack(name string, raw []byte, o Options) ([]byte, error) {
	if len(raw) > MaxSize {
		return nil, refuse(corpus.TooLarge, name, 1, "%d bytes; files of up to %d bytes are read", len(raw), MaxSize)
	}
	inside := raw
	if c := f.container(o); c != nil {
		var err error
		if inside, err = c.unpack(name, raw); err != nil {
			return nil, err
		}
	}
	if f.inside != nil {
		return inside, nil
	}
	return inside, legible(name, inside)
}

// OptionsOf are the choices that were made when a file was received.
func OptionsOf(f corpus.File) Options {
	o := Options{Lines: LinesSoft, Encoding: cmp.Or(charset.Encoding(f.Encoding), charset.UTF8)}
	if f.Hard {
		o.Lines = LinesHard
	}
	return o
}
