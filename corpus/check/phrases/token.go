package phrases

import "unicode/utf8"

// token is a word of an English text, at bytes [start, end) of it.
type token struct {
	start, end int
	form, stem uint64 // hashes of the word in small letters, and without its ending
	article    bool
	apart      bool // more than blanks, hyphens and quotes stand before it
}

// Text is an English text cut into words, ready to be searched.
type Text struct {
	s      string
	tokens []token
	seen   [8]uint64 // bits of the forms, stems and beginnings of the words; see possible
}

func (t *Text) mark(h uint64)     { t.seen[h>>6&7] |= 1 << (h & 63) }
func (t *Text) may(h uint64) bool { return t.seen[h>>6&7]&(1<<(h&63)) != 0 }

// Read cuts a text into words.
func Read(s string) *Text {
	t := &Text{s: s, tokens: make([]token, 0, len(s)/6+4)}
	apart := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if !letter(r) {
			apart = apart || !joins(r)
			i += size
			continue
		}
		start := i
		for i < len(s) && letter(rune(s[i])) {
			i++
		}
		end := i
		if n := possessive(s[i:]); n > 0 {
			i += n
		}
		k := token{start: start, end: end, apart: apart}
		k.form, k.stem = hashes(s[start:end])
		k.article = k.form == hashThe || k.form == hashA || k.form == hashAn
		t.tokens = append(t.tokens, k)
		t.mark(k.form)
		t.mark(k.stem)
		t.mark(hashBeginning(s[start:end]))
		apart = false
	}
	return t
}

// letter reports whether r belongs to a word; the words of the list are ASCII,
// and any other letter parts words like a stop.
func letter(r rune) bool {
	return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
}

// joins reports whether words on both sides of r may belong to one phrase.
func joins(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '-', '‐', '‑', '"', '\'', '“', '”', '‘', '’', '/', '\u00a0':
		return true
	}
	return false
}

// possessive returns the bytes of a possessive ending at the beginning of s.
func possessive(s string) int {
	for _, p := range [...]string{"'s", "’s"} {
		if len(s) >= len(p) && s[:len(p)] == p && (len(s) == len(p) || !letter(rune(s[len(p)]))) {
			return len(p)
		}
	}
	return 0
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hash(b []byte) uint64 {
	h := uint64(offset64)
	for _, c := range b {
		h = (h ^ uint64(c)) * prime64
	}
	return h
}

var hashThe, hashA, hashAn = hash([]byte("the")), hash([]byte("a")), hash([]byte("an"))

// hashBeginning hashes the first letters of a word, made small.
func hashBeginning(w string) uint64 {
	b := first3(w)
	return hash(b[:])
}

// hashes returns the hash of a word in small letters and that of its stem.
func hashes(word string) (form, stem uint64) {
	var buf [48]byte
	b := buf[:0]
	for i := 0; i < len(word) && i < len(buf); i++ {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	form = hash(b)
	return form, hash(stemOf(b))
}

// stemOf cuts the regular endings of nouns and verbs off a word in small
// letters. What it leaves need not be a word: it only has to be the same for
// all forms. b is changed.
func stemOf(b []byte) []byte {
	n := len(b)
	ends := func(s string) bool { return len(b) >= len(s) && string(b[len(b)-len(s):]) == s }
	switch {
	case n > 4 && (ends("ies") || ends("ied")):
		b = append(b[:n-3], 'y')
	case n > 4 && (ends("sses") || ends("shes") || ends("ches") || ends("xes")):
		b = b[:n-2]
	case n > 3 && ends("s") && !ends("ss") && !ends("us") && !ends("is"):
		b = b[:n-1]
	}
	cut := 0
	switch {
	case len(b) >= 6 && ends("ing"):
		cut = 3
	case len(b) >= 5 && ends("ed") && !ends("eed"):
		cut = 2
	}
	if cut > 0 {
		b = b[:len(b)-cut]
		if m := len(b); m > 3 && b[m-1] == b[m-2] && b[m-1] != 'l' && b[m-1] != 's' {
			b = b[:m-1]
		}
	}
	if m := len(b); m > 3 && b[m-1] == 'e' {
		b = b[:m-1]
	}
	return b
}
