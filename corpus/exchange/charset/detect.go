package charset

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Found is what the bytes of a file say about its encoding.
type Found struct {
	Encoding Encoding
	Mark     bool       // a byte order mark says so
	Also     []Encoding // the file can be read in these as well, the likelier first; then a person should look
}

// detectSample is how many bytes of a file are looked at to weigh one encoding
// against another.
const detectSample = 256 << 10

// Detect says in which encoding a file is most likely. A file that is UTF-8,
// apart from damage, is UTF-8; one for which nothing speaks is called UTF-8,
// too, and its reader says what is wrong with it.
func Detect(raw []byte) Found {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return Found{Encoding: UTF8, Mark: true}
	case bytes.HasPrefix(raw, []byte("\xff\xfe")) && !bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")):
		return Found{Encoding: UTF16LE, Mark: true}
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return Found{Encoding: UTF16BE, Mark: true}
	case bytes.HasPrefix(raw, []byte("\x84\x31\x95\x33")):
		return Found{Encoding: GB18030, Mark: true}
	}
	sample := raw[:min(len(raw), detectSample)]
	if e, ok := wide(raw, sample); ok {
		return Found{Encoding: e}
	}
	if isUTF8(raw) {
		return Found{Encoding: UTF8}
	}
	type candidate struct {
		encoding Encoding
		score    float64
	}
	var list []candidate
	for _, e := range []Encoding{GB18030, Big5, Windows1252} {
		if score := e.plausible(sample); score >= e.likely() {
			if _, err := e.Decode(raw); err == nil {
				list = append(list, candidate{e, score})
			}
		}
	}
	best := candidate{UTF8, 0}
	for _, c := range list {
		if c.score > best.score {
			best = c
		}
	}
	found := Found{Encoding: best.encoding}
	for _, c := range list {
		if c.encoding != best.encoding && c.score > best.score*2/3 {
			found.Also = append(found.Also, c.encoding)
		}
	}
	return found
}

// likely is the least share of the characters outside of ASCII that must be
// usual ones for an encoding to be believed. Any bytes are Windows-1252, so of
// it more is asked.
func (e Encoding) likely() float64 {
	if e == Windows1252 {
		return 0.8
	}
	return 0.3
}

// isUTF8 reports whether a file is UTF-8, possibly damaged: text in another
// encoding has more broken bytes than good characters outside ASCII.
func isUTF8(raw []byte) bool {
	good, broken := 0, 0
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			good += n
		}
		i += n
	}
	return broken == 0 || good > 0 && broken*5 <= good
}

// wide recognises UTF-16 without a mark: every other byte is zero in Latin
// text, and in Chinese text the line ends, blanks and figures show the same; the
// other halves of its characters are few different bytes.
func wide(raw, sample []byte) (Encoding, bool) {
	if len(raw) < 4 || len(raw)%2 != 0 {
		return "", false
	}
	var zeros, han [2]int // by the place of the high byte: 0 big endian, 1 little endian
	units := len(sample) / 2
	for i := 0; i+1 < len(sample); i += 2 {
		for high := range 2 {
			h, l := sample[i+high], sample[i+1-high]
			switch {
			case h == 0 && (l >= ' ' || l == '\t' || l == '\r' || l == '\n'):
				zeros[high]++
			case h >= 0x4E && h <= 0x9F, h == 0x30 && l <= 0x1F, h == 0xFF && l <= 0x5E, h == 0x20 && l >= 0x10 && l <= 0x3F:
				han[high]++
			}
		}
	}
	for high, e := range []Encoding{UTF16BE, UTF16LE} {
		// Without a single zero byte, bytes in pairs may be anything.
		if zeros[high] > 0 && zeros[high] > zeros[1-high] && (zeros[high]+han[high])*10 >= units*9 {
			if _, err := e.Decode(raw); err == nil {
				return e, true
			}
		}
	}
	return "", false
}

// plausible says how much a sample looks like text in the encoding: the share of
// its characters outside ASCII that are usual in such texts, from 0 to 1.
func (e Encoding) plausible(sample []byte) float64 {
	if e == Windows1252 {
		return plausibleLatin(sample)
	}
	usual, all := 0.0, 0
	for i := 0; i < len(sample); i++ {
		lead := sample[i]
		if lead < 0x80 {
			continue
		}
		all++
		if i+1 == len(sample) {
			break
		}
		trail := sample[i+1]
		i++
		if e == GB18030 && '0' <= trail && trail <= '9' { // four bytes
			i += 2
			continue
		}
		usual += e.usual(lead, trail)
	}
	if all == 0 {
		return 0
	}
	return usual / float64(all)
}

// usual says how usual a character of two bytes is. Both standards put the
// characters in use first, ordered, and the rare ones behind.
func (e Encoding) usual(lead, trail byte) float64 {
	c := rune(lead)<<8 | rune(trail)
	if e == GB18030 {
		switch {
		case frequentGB(c):
			return 1
		case trail < 0xA1:
			return 0 // an extension of GBK
		case lead >= 0xA1 && lead <= 0xA3:
			return 0.7
		case lead >= 0xB0 && lead <= 0xD7:
			return 0.6
		}
		return 0
	}
	switch {
	case frequentBig5(c):
		return 1
	case trail < 0x40 || trail > 0x7E && trail < 0xA1:
		return 0
	case lead >= 0xA1 && lead <= 0xA3:
		return 0.7
	case lead >= 0xA4 && lead <= 0xC6:
		return 0.6
	}
	return 0
}

// The characters and marks that make up about a third of any Chinese text.
const frequent = "的一是不在了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如水化高自二理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又利比或但质質气氣第向道命此变變条條只没沒结結解问問意建月公无無系，。、；：「」“”‘’—…·（）《》〈〉【】！？％　"

func frequentGB(c rune) bool   { return frequentCodes(GB18030)[c] }
func frequentBig5(c rune) bool { return frequentCodes(Big5)[c] }

// plausibleLatin is the share of the bytes outside ASCII that are letters in a
// word, or marks such as a curly quote where one stands.
func plausibleLatin(sample []byte) float64 {
	good, all := 0, 0
	letter := func(i int) bool {
		if i < 0 || i >= len(sample) {
			return false
		}
		c := sample[i]
		return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0xC0 && c != 0xD7 && c != 0xF7 && c != 0xFF
	}
	high := func(i int) bool { return i >= 0 && i < len(sample) && sample[i] >= 0x80 }
	// A mark of the upper half stands by itself, but for a fixed blank inside of
	// French quotation marks; two in a row are halves of characters.
	lone := func(i int) bool {
		return high(i) && sample[i] >= 0xA1 && sample[i] <= 0xBF && sample[i] != 0xAB && sample[i] != 0xBB
	}
	for i, c := range sample {
		if c < 0x80 {
			continue
		}
		all++
		switch {
		case lone(i) && (high(i-1) || high(i+1)), lone(i - 1), lone(i + 1), high(i-1) && high(i+1):
			// Nor are three bytes in a row a word of a Western language.
		case bytes.IndexByte([]byte("\x80\x82\x84\x85\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9b\x9c\x9e\x9f\xa0\xa1\xa2\xa3\xa7\xa9\xaa\xab\xae\xb0\xb1\xb2\xb3\xb4\xb5\xb7\xba\xbb\xbc\xbd\xbe\xbf\xd7"), c) >= 0:
			good++
		case letter(i) && (letter(i-1) || letter(i+1) || c == 0xC0 || c == 0xE0):
			if !high(i-1) || unicode.IsLower(rune(c)) {
				good++
			}
		}
	}
	if all == 0 {
		return 0
	}
	// Whole texts of a Western language have few bytes outside ASCII.
	if all*2 > len(sample) {
		return 0
	}
	return float64(good) / float64(all)
}
