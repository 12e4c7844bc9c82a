package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// relabel gives a paragraph, or a heading guessed from its looks, the kind that
// its words show: a caption or a note. It is a label; no structure depends on it.
func relabel(b *Block) {
	if b.Kind != Paragraph && (b.Kind != Heading || b.Level > 0) {
		return
	}
	text := strings.TrimLeftFunc(b.Text, func(r rune) bool { _, _, ok := IsPlaceholder(r); return ok })
	switch {
	case isCaption(text):
		b.Kind, b.Level = Caption, 0
	case isNote(text):
		b.Kind, b.Level = Footnote, 0
	}
}

// captionWords name what a caption stands under, in lower case.
var captionWords = []string{
	"figure", "fig.", "fig", "table", "chart", "exhibit", "photo", "map", "box", "plate",
	"图表", "圖表", "附图", "附圖", "附表", "图片", "圖片", "图", "圖", "表", "図",
	"tableau", "graphique", "carte", "encadré", "abbildung", "abb.", "tabelle", "schaubild",
	"figura", "tabla", "gráfico", "cuadro", "tabela", "tabella", "grafico",
	"рисунок", "рис.", "таблица", "табл.", "شكل", "جدول", "الشكل", "الجدول",
}

// captionLength bounds, in bytes, a caption that is not cut off from its number.
const captionLength = 240

// isCaption reports whether a text is the caption of a figure or table: such
// a word, a number, and then a mark or a name. "Table 2 shows …" is none.
func isCaption(text string) bool {
	if len(text) > 4*captionLength {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	first := string(unicode.ToLower(r))
	if !slices.ContainsFunc(captionWords, func(w string) bool { return strings.HasPrefix(w, first) }) {
		return false // nearly every paragraph: its first words need not be copied
	}
	low := strings.ToLower(text[:min(len(text), 40)])
	for _, w := range captionWords {
		rest, ok := strings.CutPrefix(low, w)
		if !ok {
			continue
		}
		wide := !isLatinWord(w)
		trimmed := strings.TrimLeft(rest, " \u00a0")
		if !wide && len(trimmed) == len(rest) {
			continue // no space: "figures", "tables"
		}
		number := strings.TrimLeft(trimmed, "0123456789０１２３４５６７８９一二三四五六七八九十.-–ivxlc")
		if n := len(trimmed) - len(number); n == 0 || n > 18 {
			continue
		}
		// The number with its last full stop, if there is one.
		if r, _ := utf8.DecodeRuneInString(number); number == "" || strings.ContainsRune(":：.。—–-|、　)）", r) {
			return true
		}
		if strings.HasSuffix(trimmed[:len(trimmed)-len(number)], ".") {
			return true
		}
		if at := len(low) - len(number); number[0] == ' ' && len(text) <= captionLength && !endsInStop(text) {
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], " "))
			return unicode.IsUpper(r) || unicode.Is(unicode.Han, r) || unicode.Is(unicode.Arabic, r)
		}
		return false
	}
	return false
}

func isLatinWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.Is(unicode.Han, r)
}

func endsInStop(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".。!?！？", r)
}

// isNote reports whether a text is a note under a page or table: [1], ¹, 注：
func isNote(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case strings.ContainsRune("¹²³⁴⁵⁶⁷⁸⁹", r) && len(text) > size:
		return true
	case r == '[':
		digits := strings.TrimLeft(text[1:], "0123456789")
		n := len(text) - 1 - len(digits)
		return 0 < n && n <= 3 && strings.HasPrefix(digits, "] ")
	case r == '注' || r == '註':
		rest := strings.TrimLeft(text[size:], "0123456789０１２３４５６７８９释釋")
		return strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, ":")
	}
	return false
}
