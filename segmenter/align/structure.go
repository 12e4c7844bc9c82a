package align

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is what sort of block a sentence stands in. Units of different known kinds are less
// likely to belong together.
type Kind uint8

// The kinds of blocks; Unknown says nothing for or against a pairing.
const (
	Unknown Kind = iota
	Paragraph
	Heading
	ListItem
	TableCell
	Code
)

// sealed is true of blocks that translators keep as they are: paragraphs and list items may be
// run together or taken apart.
func (k Kind) sealed() bool { return k == Heading || k == TableCell }

// label is the structural number a unit begins with: the article of a law, a chapter, an item.
type label struct {
	class  class
	number string // "8-1", "3.2"; letters and Roman numerals as numbers
}

type class uint8

const (
	unlabelled class = iota
	article
	chapter
	section
	part
	item
)

// A law's article is numbered once in the whole document, an item once in its list; so the
// first says far more.
var (
	equalLabel   = [...]float32{unlabelled: 0, article: 8, chapter: 6, section: 5, part: 6, item: 2}
	unequalLabel = [...]float32{unlabelled: 0, article: -5, chapter: -5, section: -4, part: -5, item: -1.5}
)

const (
	strayLabel    = -1   // a label where the other side has none
	classMismatch = -4   // Article 3 against (3)
	buriedLabel   = -3   // a labelled unit swallowed by the bead of another
	kindMismatch  = -1.5 // a heading against a paragraph
	brokenSeal    = -4   // a heading or a cell run together with its neighbour
)

const (
	hanNumeral = `[〇零一二三四五六七八九十百千两]+`
	arabic     = `[0-9]{1,3}(?:[-.][0-9]{1,3})*`
	letter     = `[a-z]|[ivxlc]+`
)

// The forms that a structural number takes at the start of a text, after NFKC.
var (
	hanUnit     = regexp.MustCompile(`^第 *([0-9]+(?:[-之][0-9]+)?|` + hanNumeral + `) *(条|條|章|节|節|款|项|項|编|編|部分|篇)(?:之([0-9]+|` + hanNumeral + `))?`)
	westernUnit = regexp.MustCompile(`(?i)^(article|art\.?|section|sec\.?|chapter|part|book|title|paragraph|§|artikel|kapitel|abschnitt|teil|chapitre|partie|titre|artículo|capítulo) *(?:no\. *)?([0-9]+(?:[-.][0-9]+)*|[ivxlc]+)\b`)
	inBrackets  = regexp.MustCompile(`(?i)^\( *(` + arabic + `|` + hanNumeral + `|` + letter + `) *\)`)
	withMark    = regexp.MustCompile(`(?i)^(` + arabic + `|` + hanNumeral + `|` + letter + `) *(?:[、)]|\.[ \t])`)
	withPoint   = regexp.MustCompile(`^(` + arabic + `|` + hanNumeral + `)\.(?:\pL|$)`)
	decimal     = regexp.MustCompile(`^([0-9]{1,3}(?:\.[0-9]{1,3})+)[. ]`)
)

var classOf = map[string]class{
	"条": article, "條": article, "章": chapter, "节": section, "節": section, "款": item, "项": item, "項": item,
	"编": part, "編": part, "部分": part, "篇": part,
	"article": article, "art": article, "artikel": article, "artículo": article,
	"chapter": chapter, "kapitel": chapter, "chapitre": chapter, "capítulo": chapter,
	"section": section, "sec": section, "§": section, "abschnitt": section,
	"part": part, "book": part, "title": part, "teil": part, "partie": part, "titre": part, "paragraph": item,
}

// parseLabel reads the structural number at the start of a text and returns the rest. Numbers
// of structure must not count as figures of the sentence: they are the same on every page.
func parseLabel(text string) (label, string) {
	head, tail := text, ""
	if len(head) > 80 {
		head, tail = cutRune(head, 80)
	}
	head = strings.TrimLeft(norm.NFKC.String(head), " #*-–—•·\t")
	rest := func(n int) string { return head[n:] + tail }
	if m := hanUnit.FindStringSubmatch(head); m != nil {
		n := plainNumeral(strings.ReplaceAll(m[1], "之", "-"))
		if m[3] != "" {
			n += "-" + plainNumeral(m[3])
		}
		return label{classOf[m[2]], n}, rest(len(m[0]))
	}
	if m := westernUnit.FindStringSubmatch(head); m != nil {
		return label{classOf[strings.ToLower(strings.TrimSuffix(m[1], "."))], plainNumeral(m[2])}, rest(len(m[0]))
	}
	for _, form := range []*regexp.Regexp{decimal, inBrackets, withMark, withPoint} {
		if m := form.FindStringSubmatch(head); m != nil {
			return label{item, plainNumeral(m[1])}, rest(len(strings.TrimRightFunc(m[0], unicode.IsLetter)))
		}
	}
	return label{}, text
}

// plainNumeral writes 三, iii, c and 3 alike.
func plainNumeral(s string) string {
	s = strings.ToLower(s)
	rs := []rune(s)
	if v, n := hanNumber(rs, 0); n == len(rs) {
		return strconv.Itoa(int(v))
	}
	if v := roman(s); v > 0 {
		return strconv.Itoa(v)
	}
	if len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' {
		return strconv.Itoa(int(s[0]-'a') + 1)
	}
	return s
}

// roman reads a lower-case Roman numeral up to lists' usual lengths; 0 if it is none. A lone
// "c" or "l" is taken for a letter.
func roman(s string) int {
	value := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	if s == "c" || s == "l" {
		return 0
	}
	sum := 0
	for k := range len(s) {
		v := value[s[k]]
		if v == 0 {
			return 0
		}
		if k+1 < len(s) && value[s[k+1]] > v {
			v = -v
		}
		sum += v
	}
	return sum
}

// structure is the log likelihood ratio of the structural evidence for a bead.
func structure(source, target []unit) float32 {
	a, b := source[0], target[0]
	sum := float32(0)
	switch la, lb := a.label, b.label; {
	case la.class == unlabelled && lb.class == unlabelled:
	case la == lb:
		sum += equalLabel[la.class]
	case la.class == unlabelled || lb.class == unlabelled:
		sum += strayLabel
	case la.class == lb.class:
		sum += unequalLabel[la.class]
	case la.number == lb.number:
		// Item 3 called Section 3 by the translator.
	default:
		sum += classMismatch
	}
	if a.kind != b.kind && a.kind != Unknown && b.kind != Unknown {
		sum += kindMismatch
	}
	for _, side := range [2][]unit{source, target} {
		for k, u := range side[1:] {
			if u.label.class != unlabelled {
				sum += buriedLabel
			}
			if u.opens && (u.kind.sealed() || side[k].kind.sealed()) {
				sum += brokenSeal
			}
		}
	}
	return sum
}

// cutRune cuts s at the last rune border not after n bytes.
func cutRune(s string, n int) (string, string) {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], s[n:]
}
