package align

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/language"
)

//go:generate go run lexicon/generate.go

//go:embed lexicon/cedict.txt.gz
var cedict []byte

//go:embed lexicon/government.txt
var government string

// Default returns the built-in lexicon for a pair of languages: for Chinese and English, in
// either direction and either script, a table derived from CC-CEDICT and our own list of
// government terms. It is nil for a pair that has none; Align then works from names, numbers,
// cognates and what it learns from the text itself.
func Default(source, target language.Tag) *Lexicon {
	s, _ := source.Base()
	t, _ := target.Base()
	if zh, en := chinese(s), t.String() == "en"; zh && en || chinese(t) && s.String() == "en" {
		return builtIn()
	}
	return nil
}

// chinese is true of the language codes written in Han characters that the lexicon serves.
func chinese(b language.Base) bool {
	switch b.String() {
	case "zh", "cmn", "yue", "lzh":
		return true
	}
	return false
}

var builtIn = sync.OnceValue(func() *Lexicon {
	l, err := unpackLexicon(cedict, government)
	if err != nil {
		// The table is part of the program and read by its tests; without it alignment
		// still works, only worse.
		return newLexicon()
	}
	return l
})

// unpackLexicon reads the generated table (its parts are described in lexicon/generate.go)
// and adds the list of terms. A headword of both has the senses of both, the terms' weighing as
// much as the dictionary's first.
func unpackLexicon(packed []byte, list string) (*Lexicon, error) {
	terms, err := ReadLexicon(strings.NewReader(list))
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	l := newLexicon()
	l.heads = make(map[string]int32, 1<<17)
	lines := bufio.NewScanner(zip)
	lines.Buffer(make([]byte, 1<<16), 1<<20)
	part := func(each func(line string)) {
		for lines.Scan() && len(lines.Bytes()) > 0 {
			each(lines.Text())
		}
	}
	part(func(string) {})
	part(func(line string) {
		t, n := utf8.DecodeRuneInString(line)
		s, _ := utf8.DecodeRuneInString(line[n:])
		l.simple[t] = s
	})
	terms = terms.foldedBy(l.simple)
	part(func(line string) { l.word(line) })
	part(func(line string) {
		head, rest, _ := strings.Cut(line, "\t")
		for rest != "" {
			var one string
			one, rest, _ = strings.Cut(rest, " ")
			i, _ := strconv.ParseInt(one[:len(one)-1], 36, 32)
			l.senses = append(l.senses, sense{int32(i), float32(one[len(one)-1] - '0')})
		}
		if i, ok := terms.heads[head]; ok {
			l.borrow(terms, i)
			delete(terms.heads, head)
		}
		l.add(head)
	})
	for _, head := range slices.Sorted(maps.Keys(terms.heads)) {
		l.borrow(terms, terms.heads[head])
		l.add(head)
	}
	return l, lines.Err()
}

// borrow appends the senses of another lexicon's headword to the one about to be added.
func (l *Lexicon) borrow(other *Lexicon, head int32) {
	for _, x := range other.senses[other.offset[head]:other.offset[head+1]] {
		l.senses = append(l.senses, sense{l.word(other.words[x.word]), firstSense * x.weight})
	}
}

// firstSense is the weight of a headword's first senses in the table.
const firstSense = 9
