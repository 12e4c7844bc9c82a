package quantity

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed traditional.txt
var traditionalTable string

// simplified maps traditional characters to those that the tables are written
// in.
var simplified = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	for line := range strings.Lines(traditionalTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			r, size := utf8.DecodeRuneInString(pair)
			m[r], _ = utf8.DecodeRuneInString(pair[size:])
		}
	}
	return m
})

// simplify returns text with its traditional characters made simple. All of
// them take as many bytes before as after, so spans hold for both. A text
// without any is returned as it is.
func simplify(text string) string {
	table := simplified()
	var out []byte
	for i, r := range text {
		if r < 0x4E00 || r > 0x9FFF {
			continue
		}
		if to, ok := table[r]; ok {
			if out == nil {
				out = []byte(text)
			}
			utf8.AppendRune(out[:i], to)
		}
	}
	if out == nil {
		return text
	}
	return string(out)
}
