package main

import (
	"sort"
	"unicode/utf8"
)

// places says where a byte of a text is: for programs as a number of code
// points, for people as line and column. It is made in one pass, and a question
// costs no more than a search and a look at a few hundred bytes, so that asking
// for every finding of a long file stays linear.
type places struct {
	text  []byte
	marks []int // marks[k] is the byte at which code point k×marksEvery begins
	lines []int // bytes at which the lines begin; CR, LF and CRLF end one
}

const marksEvery = 256

func newPlaces(text []byte) *places {
	p := &places{text: text, lines: []int{0}}
	count := 0
	for i := 0; i < len(text); count++ {
		if count%marksEvery == 0 {
			p.marks = append(p.marks, i)
		}
		size := 1
		switch c := text[i]; {
		case c == '\n', c == '\r' && (i+1 == len(text) || text[i+1] != '\n'):
			p.lines = append(p.lines, i+1)
		case c >= utf8.RuneSelf:
			_, size = utf8.DecodeRune(text[i:])
		}
		i += size
	}
	return p
}

// codePoint returns how many code points stand before the byte. A byte order
// mark counts, CR and LF count one each, and so does every byte that is no part
// of UTF-8.
func (p *places) codePoint(at int) int {
	k := sort.Search(len(p.marks), func(k int) bool { return p.marks[k] > at }) - 1
	if k < 0 {
		return 0
	}
	return k*marksEvery + utf8.RuneCount(p.text[p.marks[k]:at])
}

// lineColumn returns the line and the column of the byte, both from 1. Columns
// are code points; a byte order mark has none, since no editor shows it.
func (p *places) lineColumn(at int) (line, column int) {
	line = sort.Search(len(p.lines), func(i int) bool { return p.lines[i] > at })
	start := p.lines[line-1]
	column = 1 + p.codePoint(at) - p.codePoint(start)
	if bom := "\uFEFF"; line == 1 && at >= len(bom) && string(p.text[:len(bom)]) == bom {
		column--
	}
	return line, column
}
