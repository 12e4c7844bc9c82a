// Package charset reads and writes text files in the encodings that bureaus
// hand in beside UTF-8, so that nothing of a file gets lost on the way:
//
//	found := charset.Detect(raw)
//	text, err := found.Encoding.Decode(raw)  // UTF-8
//	raw, err = found.Encoding.Encode(text)   // the very bytes again
//
// A file is decoded only where encoding its text gives the same bytes. Every
// code point of a file is one code point of its text, byte order marks
// included; offsets in code points are the same in both, and [Encoding.Offsets]
// maps those in bytes.
package charset

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is the stable name of an encoding.
type Encoding string

// The encodings. GBK and GB 2312 are parts of GB 18030 and are read as it.
const (
	UTF8        Encoding = "utf-8"
	GB18030     Encoding = "gb18030"
	Big5        Encoding = "big5"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// All returns the encodings in the order in which they are shown.
func All() []Encoding {
	return []Encoding{UTF8, GB18030, Big5, UTF16LE, UTF16BE, Windows1252}
}

// Parse returns the encoding that a word names: one of All, or another common
// name of it.
func Parse(word string) (Encoding, error) {
	w := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(word)), "_", "-")
	switch w {
	case "utf8":
		return UTF8, nil
	case "gbk", "gb2312", "gb-18030", "cp936", "windows-936":
		return GB18030, nil
	case "big-5", "cp950", "windows-950":
		return Big5, nil
	case "utf16le", "utf-16-le":
		return UTF16LE, nil
	case "utf16be", "utf-16-be":
		return UTF16BE, nil
	case "cp1252", "windows1252", "latin1", "iso-8859-1":
		return Windows1252, nil
	}
	if e := Encoding(w); slices.Contains(All(), e) {
		return e, nil
	}
	var names []string
	for _, e := range All() {
		names = append(names, string(e))
	}
	return "", fmt.Errorf("no encoding %q: choose one of %s", word, strings.Join(names, ", "))
}

// Title is the name that people know.
func (e Encoding) Title() string {
	switch e {
	case GB18030:
		return "GB18030"
	case Big5:
		return "Big5"
	case UTF16LE:
		return "UTF-16 LE"
	case UTF16BE:
		return "UTF-16 BE"
	case Windows1252:
		return "Windows-1252"
	}
	return "UTF-8"
}

// codec returns nil for UTF-8, which needs none.
func (e Encoding) codec() encoding.Encoding {
	switch e {
	case GB18030:
		return simplifiedchinese.GB18030
	case Big5:
		return traditionalchinese.Big5
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case Windows1252:
		return charmap.Windows1252
	}
	return nil
}

// Undecodable is the error for a file that is not in an encoding, or that would
// not come out of it as it went in.
type Undecodable struct {
	Encoding Encoding
	Line     int // of the file, from 1
}

func (e *Undecodable) Error() string {
	return fmt.Sprintf("this is not %s from here on: decoding and encoding the file does not give the same bytes", e.Encoding.Title())
}

// Decode returns the text of a file in UTF-8. The error is an [*Undecodable].
// Of UTF-8 the bytes are returned as they are, broken ones too.
func (e Encoding) Decode(raw []byte) ([]byte, error) {
	c := e.codec()
	if c == nil {
		return raw, nil
	}
	text, err := c.NewDecoder().Bytes(raw)
	if err != nil { // the decoders put U+FFFD for what they cannot read
		return nil, &Undecodable{e, 1}
	}
	again, err := c.NewEncoder().Bytes(text)
	if err == nil && bytes.Equal(again, raw) {
		return text, nil
	}
	// Only where encoding failed is the text walked through character by
	// character, to say where.
	at, line := 0, 1
	encoder := c.NewEncoder()
	for len(text) > 0 {
		_, n := utf8.DecodeRune(text)
		piece, err := encoder.Bytes(text[:n])
		if err != nil || !bytes.HasPrefix(raw[at:], piece) {
			break
		}
		if text[0] == '\n' {
			line++
		}
		at += len(piece)
		text = text[n:]
	}
	return nil, &Undecodable{e, line}
}

// Unencodable is the error for text with a character that an encoding does not
// have.
type Unencodable struct {
	Encoding  Encoding
	Character rune
}

func (e *Unencodable) Error() string {
	return fmt.Sprintf("the file is in %s, which has no character %q (U+%04X)", e.Encoding.Title(), e.Character, e.Character)
}

// Encode returns text in UTF-8 as the bytes of a file. The error is an
// [*Unencodable] that names the first character which the encoding lacks.
func (e Encoding) Encode(text []byte) ([]byte, error) {
	c := e.codec()
	if c == nil {
		return text, nil
	}
	encoder := c.NewEncoder()
	out, n, err := transform.Bytes(encoder, text)
	if err != nil {
		r, _ := utf8.DecodeRune(text[n:])
		return nil, &Unencodable{e, r}
	}
	return out, nil
}

// Check returns nil where the encoding has all characters of a text and reads
// each back as itself, else an [*Unencodable].
func (e Encoding) Check(text string) error {
	c := e.codec()
	if c == nil {
		return nil
	}
	encoder, decoder := c.NewEncoder(), c.NewDecoder()
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		out, err := encoder.String(string(r))
		if err == nil {
			if back, err := decoder.String(out); err == nil && back == string(r) {
				continue
			}
		}
		return &Unencodable{e, r}
	}
	return nil
}

// Offsets returns where byte offsets into a text, ascending and each at the
// beginning of a character, stand in the file that Decode read it from.
func (e Encoding) Offsets(text []byte, at []int) []int {
	c := e.codec()
	if c == nil {
		return slices.Clone(at)
	}
	out := make([]int, len(at))
	encoder := c.NewEncoder()
	read, written := 0, 0
	for i, offset := range at {
		piece, err := encoder.Bytes(text[read:offset])
		if err != nil {
			break // not of a text that Decode made
		}
		written += len(piece)
		read = offset
		out[i] = written
	}
	return out
}
