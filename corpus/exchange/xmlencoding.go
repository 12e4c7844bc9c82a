package exchange

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/reviseur/reviseur/corpus"
)

// readableXML is readable for files that are read once and never written back
// into: older tools write those in UTF-16. It returns them in UTF-8, with as many
// lines as they had.
func readableXML(name string, raw []byte) ([]byte, error) {
	if len(raw) > MaxSize {
		return nil, refuse(corpus.TooLarge, name, 1, "%d bytes; files of up to %d bytes are read", len(raw), MaxSize)
	}
	var order unicode.Endianness
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		order = unicode.LittleEndian
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		order = unicode.BigEndian
	default:
		return raw, readable(name, raw)
	}
	// The decoder puts U+FFFD in the place of what is broken, which could also
	// have been written; only an odd length and lone surrogates can be broken.
	if at := brokenUTF16(raw, order == unicode.LittleEndian); at >= 0 {
		return nil, refuse(corpus.Invalid, name, 1+bytes.Count(decoded(raw[:at&^1], order), []byte("\n")), "this is UTF-16 with a broken character")
	}
	text := decoded(raw, order)
	if loc := xmlEncodingName.FindSubmatchIndex(text); loc != nil {
		text = append(text[:loc[2]:loc[2]], text[loc[3]:]...)
	}
	return text, readable(name, text)
}

// xmlEncodingName finds what the XML declaration says of the encoding, which no
// longer holds.
var xmlEncodingName = regexp.MustCompile(`(?i)^<\?xml[^>]*?(\s+encoding\s*=\s*(?:"utf-16(?:le|be)?"|'utf-16(?:le|be)?'))`)

// decoded turns UTF-16 with a byte order mark into UTF-8 without one.
func decoded(raw []byte, order unicode.Endianness) []byte {
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw)
	if err != nil {
		return []byte(string(utf8.RuneError)) // the decoder replaces, it does not fail
	}
	return text
}

// brokenUTF16 returns the offset of the first half of a character that stands
// alone; -1 if there is none.
func brokenUTF16(raw []byte, little bool) int {
	high := -1
	for i := 0; i+1 < len(raw); i += 2 {
		b := raw[i]
		if little {
			b = raw[i+1]
		}
		switch low := b&0xFC == 0xDC; {
		case low != (high >= 0):
			return max(high, i&^1)
		case low:
			high = -1
		case b&0xFC == 0xD8:
			high = i
		}
	}
	switch {
	case high >= 0:
		return high
	case len(raw)%2 == 1:
		return len(raw) - 1
	}
	return -1
}
