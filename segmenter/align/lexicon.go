package align

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Lexicon says which words of the one language may stand for which words of the other. For
// Chinese it is also the word list that the aligner cuts running text with. It is immutable
// once made and may be shared.
//
// A lexicon holds bags of words, not definitions: it is good for finding out that two
// sentences belong together and for nothing else.
type Lexicon struct {
	simple  map[rune]rune    // traditional → simplified, one character for one
	heads   map[string]int32 // headword → its number
	longest map[rune]int     // first character → runes in the longest headword it opens
	offset  []int32          // headword number → first sense; one more entry closes the last
	senses  []sense
	words   []string         // words of the senses, lower case, as written
	known   map[string]int32 // word → its number
	letters []string         // the headwords that are not Chinese
	stemmed bool             // words and letters are tokens already
}

// sense is one content word by which a headword may be rendered.
type sense struct {
	word   int32
	weight float32 // the weights of a headword's senses sum to 1
}

func newLexicon() *Lexicon {
	return &Lexicon{
		simple: map[rune]rune{}, heads: map[string]int32{},
		longest: map[rune]int{}, offset: []int32{0}, known: map[string]int32{},
	}
}

// fold writes traditional characters as their simplified ones.
func fold(simple map[rune]rune, s string) string {
	return strings.Map(func(r rune) rune {
		if t, ok := simple[r]; ok {
			return t
		}
		return r
	}, s)
}

// shelf gathers the lexicons of one alignment, nil ones left out. Where one of them can fold
// traditional characters, the headwords of the others are folded too, so that a word is the
// same in all of them.
func shelf(lexicons ...*Lexicon) []*Lexicon {
	var list []*Lexicon
	var simple map[rune]rune
	for _, l := range lexicons {
		if l != nil {
			list = append(list, l)
			if len(l.simple) > len(simple) {
				simple = l.simple
			}
		}
	}
	for i, l := range list {
		if len(l.simple) == 0 && len(simple) > 0 {
			list[i] = l.foldedBy(simple)
		}
	}
	return list
}

// foldedBy is l with its headwords folded; everything else is shared.
func (l *Lexicon) foldedBy(simple map[rune]rune) *Lexicon {
	c := *l
	c.heads, c.longest = make(map[string]int32, len(l.heads)), make(map[rune]int, len(l.longest))
	for h, i := range l.heads {
		f := fold(simple, h)
		if have, ok := c.heads[f]; !ok || i < have {
			c.heads[f] = i
		}
	}
	for r, n := range l.longest {
		f := r
		if t, ok := simple[r]; ok {
			f = t
		}
		c.longest[f] = max(c.longest[f], n)
	}
	return &c
}

func (l *Lexicon) word(s string) int32 {
	id, ok := l.known[s]
	if !ok {
		id = int32(len(l.words))
		l.known[s] = id
		l.words = append(l.words, s)
	}
	return id
}

// add appends a headword whose senses have been appended to l.senses since the last call.
func (l *Lexicon) add(head string) {
	total := float32(0)
	fresh := l.senses[l.offset[len(l.offset)-1]:]
	for _, s := range fresh {
		total += s.weight
	}
	for i := range fresh {
		fresh[i].weight /= total
	}
	l.heads[head] = int32(len(l.offset) - 1)
	l.offset = append(l.offset, int32(len(l.senses)))
	first, n := rune(-1), 0
	for _, r := range head {
		if n == 0 {
			first = r
		}
		n++
	}
	l.longest[first] = max(l.longest[first], n)
}

// lookup returns the senses of a headword, nil when there is none.
func (l *Lexicon) lookup(head string) []sense {
	if i, ok := l.heads[head]; ok {
		return l.senses[l.offset[i]:l.offset[i+1]]
	}
	return nil
}

// ReadLexicon reads a user's dictionary. Each line is either in the format of CC-CEDICT,
//
//	國務院 国务院 [guo2 wu4 yuan4] /State Council/
//
// or two columns with a tab between them, a word of the source language and its rendering
// (several renderings are separated by ";" or "/"). In a Chinese pair the Chinese word may
// stand in either column. Empty lines and lines starting with "#" are skipped. A headword met
// again adds to its renderings. The error names the line.
func ReadLexicon(r io.Reader) (*Lexicon, error) {
	found := map[string][]string{}
	var order []string
	note := func(head, gloss string) {
		if found[head] == nil {
			order = append(order, head)
		}
		found[head] = append(found[head], gloss)
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		heads, glosses, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		for _, h := range heads {
			for _, g := range glosses {
				note(h, g)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read lexicon: %w", err)
	}
	l := newLexicon()
	for _, head := range order {
		l.addGlosses(head, found[head])
	}
	return l, nil
}

// addGlosses gives each gloss the same share of the headword and each of its content words the
// same share of the gloss. The words of an alphabetic headword share the glosses.
func (l *Lexicon) addGlosses(head string, glosses []string) {
	share := map[string]float32{}
	var order []string
	for _, g := range glosses {
		words := contentWords(g)
		for _, w := range words {
			if share[w] == 0 {
				order = append(order, w)
			}
			share[w] += 1 / float32(len(words))
		}
	}
	if len(order) == 0 {
		return
	}
	keys := []string{head}
	if !isHan(head) {
		keys = contentWords(head)
		l.letters = append(l.letters, keys...)
	}
	for _, k := range keys {
		if l.lookup(k) != nil {
			continue
		}
		for _, w := range order {
			l.senses = append(l.senses, sense{l.word(w), share[w]})
		}
		l.add(k)
	}
}

// contentWords cuts a gloss at everything that is neither letter nor digit and leaves out
// English stop words, unless nothing else is there.
func contentWords(gloss string) []string {
	all := strings.FieldsFunc(strings.ToLower(gloss), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	var some []string
	for _, w := range all {
		if !stopWords()[w] {
			some = append(some, w)
		}
	}
	if some == nil {
		return all
	}
	return some
}

// parseEntry reads one line of a dictionary into its headwords and renderings.
func parseEntry(line string) (heads, glosses []string, err error) {
	line = norm.NFKC.String(line)
	if head, gloss, ok := strings.Cut(line, "\t"); ok {
		if isHan(strings.TrimSpace(gloss)) && !isHan(strings.TrimSpace(head)) {
			head, gloss = gloss, head
		}
		heads = []string{strings.TrimSpace(head)}
		glosses = strings.FieldsFunc(gloss, func(r rune) bool { return r == ';' || r == '/' })
	} else {
		head, rest, ok := strings.Cut(line, " [")
		_, gloss, ok2 := strings.Cut(rest, "] ")
		if !ok || !ok2 || !strings.HasPrefix(strings.TrimSpace(gloss), "/") {
			return nil, nil, fmt.Errorf("neither two columns separated by a tab nor a CEDICT entry: %.60q", line)
		}
		heads = strings.Fields(head)
		glosses = strings.Split(gloss, "/")
	}
	if len(heads) == 0 || heads[0] == "" {
		return nil, nil, fmt.Errorf("no headword: %.60q", line)
	}
	if strings.Trim(strings.Join(glosses, ""), " ") == "" {
		return nil, nil, fmt.Errorf("no rendering for %q", heads[0])
	}
	if len(heads) > 1 && heads[0] == heads[1] {
		heads = heads[:1]
	}
	return heads, glosses, nil
}

func isHan(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return s != ""
}
