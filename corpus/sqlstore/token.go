package sqlstore

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Search works on a token stream of its own over folded text (corpus.Fold): a
// run of characters of a script that writes no spaces becomes its bigrams and,
// behind them, its last character; anything else its words. "国家安全 law"
// gives 国家 家安 安全 全 law.
//
// A phrase becomes a run of tokens that stand one behind the other. Where it
// ends in a word, or in a single character of a dense run, the last token is a
// prefix of the text's: that is why the last character is a token of its own.

// dense are the scripts that write words without spaces between them.
var dense = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func isDense(r rune) bool { return r >= 0x0E00 && unicode.In(r, dense...) }

// run is a stretch of folded text that is either one word or dense.
type run struct {
	text  string
	dense bool
}

// runs cuts folded text at spaces and between dense and other characters.
func runs(folded string) []run {
	var list []run
	for word := range strings.FieldsSeq(folded) {
		start := 0
		inside := false
		for i, r := range word {
			if d := isDense(r); i == 0 {
				inside = d
			} else if d != inside {
				list = append(list, run{word[start:i], inside})
				start, inside = i, d
			}
		}
		list = append(list, run{word[start:], inside})
	}
	return list
}

// bigrams appends the pairs of neighbouring characters.
func bigrams(tokens []string, text string) []string {
	for i, r := range text {
		first := i + utf8.RuneLen(r)
		if first >= len(text) {
			break
		}
		_, size := utf8.DecodeRuneInString(text[first:])
		tokens = append(tokens, text[i:first+size])
	}
	return tokens
}

// last returns the last character of a text.
func last(text string) string {
	_, size := utf8.DecodeLastRuneInString(text)
	return text[len(text)-size:]
}

// textTokens returns the tokens of a text that is put into the index.
func textTokens(folded string) []string {
	var tokens []string
	for _, r := range runs(folded) {
		if r.dense {
			tokens = append(bigrams(tokens, r.text), last(r.text))
		} else {
			tokens = append(tokens, r.text)
		}
	}
	return tokens
}

// phraseTokens returns the tokens that a text with the phrase holds one behind
// the other, and whether the text's may go on behind the last.
func phraseTokens(folded string) (tokens []string, open bool) {
	list := runs(folded)
	for i, r := range list {
		final := i == len(list)-1
		switch {
		case !r.dense:
			tokens, open = append(tokens, r.text), final
		case final && utf8.RuneCountInString(r.text) > 1:
			tokens, open = bigrams(tokens, r.text), false
		default:
			tokens, open = append(bigrams(tokens, r.text), last(r.text)), final
		}
	}
	return tokens, open
}

// holds reports whether the folded text contains the folded phrase from the
// start of a word on. Each character of a dense script starts one.
func holds(text, phrase string) bool {
	head, size := utf8.DecodeRuneInString(phrase)
	for from := 0; ; {
		i := strings.Index(text[from:], phrase)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if i == 0 || before == ' ' || isDense(before) || isDense(head) {
			return true
		}
		from = i + size
	}
}
