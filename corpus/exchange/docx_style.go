package exchange

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// docxStyle is what a style says about the paragraphs that have it.
type docxStyle struct {
	heading int  // level 1–6; 0 for none
	list    bool // its paragraphs are numbered or have bullets
	level   int  // of the list, from 0
}

// docxStyles reads the styles of a document. Word writes the names of its own
// styles in English in every language; ids are translated.
func docxStyles(root *xmlElement) map[string]docxStyle {
	own, based := map[string]docxStyle{}, map[string]string{}
	for _, k := range root.kids {
		if !isWord(k.element, "style") {
			continue
		}
		id := wordVal(k.element, "styleId")
		s := ownStyle(wordChild(k.element, "pPr"))
		name := strings.ToLower(wordVal(wordChild(k.element, "name"), "val"))
		if n, ok := strings.CutPrefix(name, "heading "); ok && s.heading == 0 {
			s.heading = headingLevel(n, 1)
		}
		if name == "title" {
			s.heading = 1
		}
		own[id], based[id] = s, wordVal(wordChild(k.element, "basedOn"), "val")
	}
	out := map[string]docxStyle{}
	for id := range own {
		s := own[id]
		for at, depth := based[id], 0; at != "" && depth < 20; at, depth = based[at], depth+1 {
			if s.heading == 0 {
				s.heading = own[at].heading
			}
			if !s.list {
				s.list, s.level = own[at].list, own[at].level
			}
		}
		out[id] = s
	}
	return out
}

// ownStyle reads the properties of a paragraph, or of a style.
func ownStyle(properties *xmlElement) (s docxStyle) {
	if outline := wordVal(wordChild(properties, "outlineLvl"), "val"); outline != "" {
		s.heading = headingLevel(outline, 0)
	}
	if number := wordChild(properties, "numPr"); number != nil && wordVal(wordChild(number, "numId"), "val") != "0" {
		s.list = true
		s.level, _ = strconv.Atoi(wordVal(wordChild(number, "ilvl"), "val"))
	}
	return s
}

// headingLevel reads a level that counts from first; 0 for body text.
func headingLevel(word string, first int) int {
	n, err := strconv.Atoi(strings.TrimSpace(word))
	if err != nil || n < first || n-first > 8 {
		return 0
	}
	if n-first == 8 && first == 0 {
		return 0 // nine outline levels, and the tenth is the body
	}
	return min(n-first+1, 6)
}

// kindOf says what a paragraph is.
func (b *docxBuilder) kindOf(p *xmlElement, at docxPlace) (layout.Kind, int) {
	properties := wordChild(p, "pPr")
	s := ownStyle(properties)
	style := b.env.styles[wordVal(wordChild(properties, "pStyle"), "val")]
	if s.heading == 0 {
		s.heading = style.heading
	}
	if !s.list && style.list && wordChild(properties, "numPr") == nil {
		s.list, s.level = true, style.level
	}
	switch {
	case at.cell:
		return layout.TableCell, 0
	case at.note:
		return layout.Footnote, 0
	case s.heading > 0:
		return layout.Heading, s.heading
	case s.list:
		return layout.ListItem, max(0, min(s.level, 8)) + 1
	}
	return layout.Paragraph, 0
}
