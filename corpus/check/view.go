package check

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// View is a text as checks read it: without the placeholders of markup (the
// runes from U+F0000 to U+FFFFD, each of which stands for an emphasis mark, a
// link's end, an image, a line break). It knows the way back.
type View struct {
	Text  string
	tag   language.Tag
	holes []hole

	words     []word
	sentences []corpus.Span
	cut       bool
	split     bool
}

// hole is a place in the view's text where placeholders were; removed counts
// the bytes taken out up to and including it.
type hole struct{ at, removed int }

const (
	firstPlaceholder = '\U000F0000'
	lastPlaceholder  = '\U000FFFFD'
)

func newView(text string, tag language.Tag) *View {
	v := &View{Text: text, tag: tag}
	// All placeholders begin with this byte; so do few other runes.
	if strings.IndexByte(text, 0xF3) < 0 {
		return v
	}
	var b strings.Builder
	removed := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if firstPlaceholder <= r && r <= lastPlaceholder {
			removed += size
			if n := len(v.holes); n > 0 && v.holes[n-1].at == b.Len() {
				v.holes[n-1].removed = removed
			} else {
				v.holes = append(v.holes, hole{b.Len(), removed})
			}
		} else {
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	v.Text = b.String()
	return v
}

// original maps a span of the view's text to the text it was made of. The
// placeholders at its borders stay outside.
func (v *View) original(s corpus.Span) corpus.Span {
	if len(v.holes) == 0 {
		return s
	}
	before := func(offset int) int { // bytes removed at places before offset
		k := sort.Search(len(v.holes), func(k int) bool { return v.holes[k].at >= offset })
		if k == 0 {
			return 0
		}
		return v.holes[k-1].removed
	}
	if s.Empty() {
		at := s.Start + before(s.Start)
		return corpus.Span{Start: at, End: at}
	}
	return corpus.Span{Start: s.Start + before(s.Start+1), End: s.End + before(s.End)}
}

// broken reports whether a placeholder stands inside the span: what looks
// adjacent there is not, and a replacement would lose the markup.
func (v *View) broken(s corpus.Span) bool {
	for _, h := range v.holes {
		if s.Start < h.at && h.at < s.End {
			return true
		}
	}
	return false
}

// word is a run of letters and digits with the apostrophes and hyphens inside.
type word struct {
	start, end int
	hash       uint64 // of its letters in lower case; equal words have equal hashes
	letters    bool   // no digit
	upper      bool   // begins with a capital
}

func (w word) span() corpus.Span { return corpus.Span{Start: w.start, End: w.end} }

// Words returns the words of the text in order. Han characters are no words.
func (v *View) wordList() []word {
	if v.split {
		return v.words
	}
	v.split = true
	v.words = appendWords(make([]word, 0, len(v.Text)/6+4), v.Text)
	return v.words
}

func appendWords(dst []word, s string) []word {
	const offset, prime = 14695981039346656037, 1099511628211
	for i := 0; i < len(s); {
		r, size := decode(s, i)
		if !wordRune(r) {
			i += size
			continue
		}
		w := word{start: i, hash: offset, letters: true, upper: isUpper(r)}
		for i < len(s) {
			r, size = decode(s, i)
			if !wordRune(r) {
				if !(r == '\'' || r == '’' || r == '-') || i+size >= len(s) {
					break
				}
				if next, _ := decode(s, i+size); !wordRune(next) {
					break
				}
				if r == '’' {
					r = '\''
				}
			}
			if '0' <= r && r <= '9' {
				w.letters = false
			}
			w.hash = (w.hash ^ uint64(toLower(r))) * prime
			i += size
		}
		w.end = i
		dst = append(dst, w)
	}
	return dst
}

func decode(s string, i int) (rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// sentenceList returns the sentences of the text, without the white space
// around them.
func (v *View) sentenceList() []corpus.Span {
	if !v.cut {
		v.cut = true
		v.sentences = cutSentences(v.Text, v.tag)
	}
	return v.sentences
}

// wordsIn returns the words inside the span.
func (v *View) wordsIn(s corpus.Span) []word {
	list := v.wordList()
	lo := sort.Search(len(list), func(k int) bool { return list[k].start >= s.Start })
	hi := sort.Search(len(list), func(k int) bool { return list[k].start >= s.End })
	return list[lo:hi]
}

func (v *View) at(s corpus.Span) string { return v.Text[s.Start:s.End] }

// end is the empty span behind the text, where something is missing.
func (v *View) end() corpus.Span { return corpus.Span{Start: len(v.Text), End: len(v.Text)} }

func (v *View) text(w word) string { return v.Text[w.start:w.end] }
