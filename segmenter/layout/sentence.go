package layout

import (
	"unicode"
	"unicode/utf8"

	"github.com/reviseur/reviseur/segmenter"
	"golang.org/x/text/language"
)

// Segment is one sentence of a document.
type Segment struct {
	Block    int
	Span     Span // logical, in the block's text, without white space at its ends
	Envelope Span // raw, from the first to the last byte
	Kind     Kind // of the block
	Text     string
	Rule     segmenter.Rule // why it ends where it does
}

// Segments cuts the text of a document into sentences, in file order. lang is
// the language of the file; a block that is plainly written in another script
// is cut by the rules for that one. With language.Und each block's script
// decides.
//
// Mark-up does not disturb the rules: marks and references are looked through,
// a code span or image counts as a word. A token between two sentences belongs
// to the one before if it closes something or is a reference, else to the one
// behind.
func Segments(doc *Document, lang language.Tag) []Segment {
	s := sentences{declared: lang, profiles: make(map[language.Tag]*segmenter.Profile)}
	out := make([]Segment, 0, len(doc.Blocks)*2)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		for _, seg := range s.cut(b) {
			span := Span{seg.Start, seg.End}
			out = append(out, Segment{
				Block: i, Span: span, Envelope: b.Envelope(span), Kind: b.Kind,
				Text: b.Text[seg.Start:seg.End], Rule: seg.Rule,
			})
		}
	}
	return out
}

// Candidates lists the places of block i where a sentence ends, or might have
// ended and does not, in order, as offsets into the block's text. It cuts as
// [Segments] does.
func Candidates(doc *Document, i int, lang language.Tag) []segmenter.Candidate {
	s := sentences{declared: lang, profiles: make(map[language.Tag]*segmenter.Profile)}
	b := &doc.Blocks[i]
	if len(b.Tokens) == 0 {
		return s.profile(b.Text).Explain(b.Text)
	}
	s.strip(b)
	text := string(s.bare)
	list := s.profile(text).Explain(text)
	for k := range list {
		last := s.from[list[k].Pos-1]
		_, n := utf8.DecodeRuneInString(b.Text[last:])
		list[k].Pos = last + n
	}
	return list
}

type sentences struct {
	declared language.Tag
	profiles map[language.Tag]*segmenter.Profile
	segs     []segmenter.Segment
	bare     []byte
	from     []int // logical offset of each byte of bare, and of its end
}

func (s *sentences) cut(b *Block) []segmenter.Segment {
	if len(b.Tokens) == 0 {
		s.segs = s.profile(b.Text).Append(s.segs[:0], b.Text)
		return s.segs
	}
	s.strip(b)
	text := string(s.bare)
	s.segs = s.profile(text).Append(s.segs[:0], text)
	for i := range s.segs {
		seg := &s.segs[i]
		start, end := s.from[seg.Start], s.from[seg.End-1]
		_, n := utf8.DecodeRuneInString(b.Text[end:])
		seg.End = s.takeRight(b, end+n)
		seg.Start = start
	}
	for i := range s.segs {
		least := 0
		if i > 0 {
			least = s.segs[i-1].End
		}
		s.segs[i].Start = takeLeft(b, s.segs[i].Start, least)
	}
	return s.segs
}

// strip writes the block's text without placeholders: references and marks
// vanish, breaks become spaces, other tokens one character that is no letter.
func (s *sentences) strip(b *Block) {
	s.bare, s.from = s.bare[:0], s.from[:0]
	t := 0
	for i, r := range b.Text {
		if _, _, ok := IsPlaceholder(r); ok {
			kind := b.Tokens[t].Kind
			t++
			switch kind {
			case Code, Math, Image, Autolink, Shortcode, Character:
				r = '\uFFFC'
			case HardBreak:
				r = ' '
			default:
				continue
			}
		}
		n := len(s.bare)
		s.bare = utf8.AppendRune(s.bare, r)
		for ; n < len(s.bare); n++ {
			s.from = append(s.from, i)
		}
	}
}

// takeRight extends a sentence over the closing marks and references behind it.
func (s *sentences) takeRight(b *Block, end int) int {
	for end < len(b.Text) {
		r, n := utf8.DecodeRuneInString(b.Text[end:])
		if _, closing, ok := IsPlaceholder(r); !ok || !closing && !b.isReference(r) {
			return end
		}
		end += n
	}
	return end
}

// takeLeft extends a sentence over the marks before it.
func takeLeft(b *Block, start, least int) int {
	for start > least {
		r, n := utf8.DecodeLastRuneInString(b.Text[:start])
		if _, _, ok := IsPlaceholder(r); !ok {
			return start
		}
		start -= n
	}
	return start
}

func (b *Block) isReference(r rune) bool {
	for _, t := range b.Tokens {
		if Placeholder(t) == r {
			return t.Kind == FootnoteReference || t.Kind == Attributes
		}
	}
	return false
}

// profile returns the rules for a text: those of the declared language, unless
// hardly any letter of the text is of its script.
func (s *sentences) profile(text string) *segmenter.Profile {
	tag := s.declared
	if tag == language.Und || foreign(tag, text) {
		tag = segmenter.Detect(text)
	}
	p := s.profiles[tag]
	if p == nil {
		p = segmenter.For(tag)
		s.profiles[tag] = p
	}
	return p
}

// A text is taken to be in another language if fewer than one in foreignShare
// of its letters is of the declared language's script; the first foreignSample
// letters decide.
const (
	foreignShare  = 10
	foreignSample = 200
)

func foreign(tag language.Tag, text string) bool {
	script, _ := tag.Script()
	own := scriptTables[script.String()]
	if own == nil {
		return false
	}
	latin := script.String() == "Latn"
	han := unicode.In('一', own...)
	letters, mine := 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if r |= 0x20; r < 'a' || r > 'z' {
				continue
			}
			if latin {
				mine++
			}
		case '\u4E00' <= r && r <= '\u9FFF': // most letters that are not ASCII
			if han {
				mine++
			}
		case !unicode.IsLetter(r):
			continue
		case unicode.In(r, own...):
			mine++
		}
		if letters++; letters == foreignSample {
			break
		}
	}
	return letters > 3 && mine*foreignShare < letters
}

var scriptTables = map[string][]*unicode.RangeTable{
	"Latn": {unicode.Latin},
	"Hans": {unicode.Han},
	"Hant": {unicode.Han},
	"Jpan": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	"Kore": {unicode.Hangul, unicode.Han},
	"Cyrl": {unicode.Cyrillic},
	"Arab": {unicode.Arabic},
	"Grek": {unicode.Greek},
	"Hebr": {unicode.Hebrew},
	"Deva": {unicode.Devanagari},
	"Thai": {unicode.Thai},
}
