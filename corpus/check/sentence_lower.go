package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceLower = &Check{
	ID: "sentence.lower", Target: intoEnglish,
	Category: corpus.Mechanics, Severity: corpus.Minor,
	Doc: Doc{
		Title:   Words{"Wrong case at the border of a sentence", "句首大小写有误"},
		Catches: Words{"A sentence that begins with a small letter after a full stop, or at the beginning of running text; a capital noun after a semicolon.", "句号之后或段首以小写字母开头；分号之后误用大写。"},
		Ignores: Words{"Abbreviations, addresses, names such as iPhone, headings, cells and items.", "缩写、网址、iPhone 之类的名称，以及标题、表格单元和列表项。"},
		Wrong:   Pair{"", "The law was amended. it takes effect today."},
		Right:   Pair{"", "The law was amended. It takes effect today."},
	},
	Messages: map[string]Words{
		"sentence.lower":         {"“{0}” begins a sentence with a small letter.", "“{0}”位于句首却未大写。"},
		"sentence.lower.capital": {"“{0}” is capital after a semicolon: two sentences were run together.", "分号后的“{0}”误用大写，疑似两句误并。"},
	},
	Run: runSentenceLower,
}

func runSentenceLower(c *Context) []corpus.Finding {
	if !c.running() {
		return nil
	}
	words := c.T.wordList()
	var found []corpus.Finding
	for k, w := range words {
		text := c.T.text(w)
		switch {
		case k == 0:
			if w.letters && !w.upper && c.opensText(w) {
				found = append(found, c.lowered(w))
			}
		case w.letters && !w.upper && len(text) > 1 && c.followsStop(words[k-1], w):
			found = append(found, c.lowered(w))
		case w.upper && c.T.Text[words[k-1].end:w.start] == "; " && runOn(text) && k+1 < len(words) && !words[k+1].upper:
			f := c.inTarget(w.span(), "sentence.lower.capital", text)
			found = append(found, c.withFix(f, w.span(), strings.ToLower(text[:1])+text[1:]))
		}
	}
	return found
}

func (c *Context) lowered(w word) corpus.Finding {
	text := c.T.text(w)
	f := c.inTarget(w.span(), "sentence.lower", text)
	r := firstRune(text)
	return c.withFix(f, w.span(), strings.ToUpper(string(r))+text[len(string(r)):])
}

// opensText reports whether w is the very beginning of a text that should
// begin with a capital: what stands before is finished, and the source does not
// begin with the same word.
func (c *Context) opensText(w word) bool {
	text := c.T.text(w)
	if strings.TrimLeft(c.T.Text[:w.start], " \"“'‘") != "" || len(c.T.Text)-w.end < 20 || !plainWord(text) || c.T.Text[w.end] != ' ' {
		return false
	}
	before := strings.TrimRight(c.before().Text, " \"”'’)")
	if before != "" && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "!") && !strings.HasSuffix(before, "?") {
		return false
	}
	if !endsSentence(c.S.Text) || !endsSentence(c.T.Text) {
		return false // a phrase need not begin with a capital
	}
	return isHan(firstRune(strings.TrimLeft(c.S.Text, " 　“‘「《\""))) && len(c.T.holes) == 0
}

// endsWithStop are words in small letters that end in a full stop of their own.
var endsWithStop = set("etc approx dept est vol com org net gov edu htm html pdf jpg")

// followsStop reports whether w stands after a full stop that ends a sentence.
func (c *Context) followsStop(before, w word) bool {
	gap := c.T.Text[before.end:w.start]
	last := c.T.text(before)
	if gap != ". " || !before.letters || len(last) < 3 || isUpper(firstRune(last)) && len(last) <= 4 || !plainWord(c.T.text(w)) {
		return false
	}
	_, short := endsWithStop[last]
	return !short
}

// plainWord reports whether w is in small letters altogether.
func plainWord(w string) bool { return w == strings.ToLower(w) }

// runOn reports whether a capital word is a common noun by its ending.
func runOn(w string) bool {
	for _, end := range []string{"tions", "tion", "ments", "ities"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	switch w {
	case "The", "This", "These", "It", "They", "There", "In", "And", "But", "A", "An":
		return true
	}
	return false
}
