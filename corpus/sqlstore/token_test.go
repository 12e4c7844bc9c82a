package sqlstore

import (
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		text   string
		tokens string // of a text
		phrase string // of a phrase; "*" where the text may go on
	}{
		{"", "", ""},
		{"law", "law", "law*"},
		{"the law", "the law", "the law*"},
		{"国家安全", "国家 家安 安全 全", "国家 家安 安全"},
		{"国家", "国家 家", "国家"},
		{"全", "全", "全*"},
		{"a股", "a 股", "a 股*"},
		{"a股市场", "a 股市 市场 场", "a 股市 市场"},
		{"上涨3", "上涨 涨 3", "上涨 涨 3*"},
		{"国家 law 安", "国家 家 law 安", "国家 家 law 安*"},
		{"データ", "デ ー タ", "デ ー タ*"},
		{"𠮷野家", "𠮷野 野家 家", "𠮷野 野家"},
	} {
		if got := strings.Join(textTokens(c.text), " "); got != c.tokens {
			t.Errorf("textTokens(%q) = %q, want %q", c.text, got, c.tokens)
		}
		tokens, open := phraseTokens(c.text)
		got := strings.Join(tokens, " ")
		if open {
			got += "*"
		}
		if got != c.phrase {
			t.Errorf("phraseTokens(%q) = %q, want %q", c.text, got, c.phrase)
		}
	}
}

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		want         bool
	}{
		{"national security", "secur", true},
		{"insecure security", "secur", true},
		{"insecure", "secur", false},
		{"国家安全", "安全", true},
		{"国家law", "law", true},
		{"law国家", "aw国", false},
		{"aa", "a", true},
		{"ba ba", "a", false},
		{"", "a", false},
	} {
		if got := holds(c.text, c.phrase); got != c.want {
			t.Errorf("holds(%q, %q) = %t, want %t", c.text, c.phrase, got, c.want)
		}
	}
}

// FuzzTokens asserts what makes search complete: a text that holds a phrase has
// the phrase's tokens one behind the other among its own. And that no token can
// be anything but a word to the engine.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{"国家安全 law", "A股市场上涨3.5%", "データベースを更新", "don’t \"stop\" NEAR(x)*", "ประเทศไทย é e\u0301", "\xff\x00a国b"} {
		f.Add(text, 0, 6)
		f.Add(text, 3, 9)
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		start = max(0, min(start, len(text)))
		end = max(start, min(end, len(text)))
		folded, phrase := corpus.Fold(text), corpus.Fold(text[start:end])
		of, tokens := textTokens(folded), []string(nil)
		for _, token := range of {
			if token == "" || strings.ContainsAny(token, " \"'*():^{}+-\x00") {
				t.Errorf("textTokens(%q) has the token %q", folded, token)
			}
		}
		tokens, open := phraseTokens(phrase)
		if phrase == "" || !holds(folded, phrase) {
			return
		}
		for i := range of {
			if i+len(tokens) > len(of) {
				break
			}
			n := len(tokens) - 1
			if slices.Equal(of[i:i+n], tokens[:n]) && (of[i+n] == tokens[n] || open && strings.HasPrefix(of[i+n], tokens[n])) {
				return
			}
		}
		t.Errorf("%q holds %q, but its tokens %q have no %q", folded, phrase, of, tokens)
	})
}
