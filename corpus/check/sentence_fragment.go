package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

var sentenceFragment = &Check{
	ID:       "sentence.fragment",
	Target:   intoEnglish,
	Category: corpus.Garbled,
	Severity: corpus.Major,
	Doc: Doc{
		Title:   Words{"Sentence that says nothing", "残句"},
		Catches: Words{"A “sentence” of one or two words without a verb among others, and a dateline that was made a sentence of its own before a sentence with the same date.", "夹在其他句子之间、只有一两个词且没有动词的“句子”；电头被拆成单独一句，后句又重复同一日期。"},
		Ignores: Words{"Headings, table cells and items; exclamations and questions; answers such as “No.”", "标题、表格单元、列表项；感叹句和问句；“No.”之类的答语。"},
		Wrong:   Pair{"", "The police captured the fugitives. Drug lords. The case is closed."},
		Right:   Pair{"", "The police captured the fugitives, drug lords among them. The case is closed."},
	},
	Messages: map[string]Words{
		"sentence.fragment":          {"“{0}” stands as a sentence of its own but says nothing: it probably belongs to its neighbour.", "“{0}”独立成句却没有谓语，可能应与相邻句合并。"},
		"sentence.fragment.dateline": {"The dateline “{0}” is a sentence of its own, and its date is said again.", "电头“{0}”单独成句，且日期在后文重复。"},
	},
	Run: runSentenceFragment,
}

var answers = set("yes no why how what who when where never well ok okay thanks sorry hello please indeed exactly right true correct agreed not maybe perhaps period congratulations really sure absolutely nothing none good great wow welcome amen wrong enough applause laughter")

func runSentenceFragment(c *Context) []corpus.Finding {
	if !c.running() {
		return nil
	}
	sentences := c.T.sentenceList()
	following := func(k int) string { // the sentence after, which may be of the next unit
		if k+1 < len(sentences) {
			return c.T.at(sentences[k+1])
		}
		return c.Next
	}
	var found []corpus.Finding
	for k, s := range sentences {
		words := c.T.wordsIn(s)
		text := c.T.at(s)
		switch {
		case !strings.HasSuffix(text, ".") || len(words) == 0 || isDigit(text[0]):
		case len(words) <= 2 && len(sentences) < 2:
		case len(words) <= 2:
			_, answer := answers[strings.ToLower(c.T.text(words[0]))]
			if answer || c.T.saysSomething(words) || k == 0 || initials(text) || allDigits(words) {
				continue
			}
			found = append(found, c.inTarget(s, "sentence.fragment", text))
		case len(words) <= 8 && !c.T.saysSomething(words):
			if date := c.dateAtEnd(words); date != "" && strings.Contains(following(k), date) {
				f := c.inTarget(s, "sentence.fragment.dateline", text)
				f.Category, f.Severity = corpus.Mechanics, corpus.Minor
				found = append(found, f)
			}
		}
	}
	return found
}

// initials reports whether a text of one or two words is rather an
// abbreviation than a sentence.
func initials(s string) bool { return strings.Count(s, ".") > 1 || len(s) <= 4 }

func allDigits(words []word) bool {
	for _, w := range words {
		if w.letters {
			return false
		}
	}
	return true
}

var monthNames = set("January February March April May June July August September October November December")

// dateAtEnd returns the month and day that end the words ("May 7"), or "".
func (c *Context) dateAtEnd(words []word) string {
	n := len(words)
	if n < 2 || words[n-1].letters {
		return ""
	}
	if _, month := monthNames[c.T.text(words[n-2])]; !month {
		return ""
	}
	return c.T.at(corpus.Span{Start: words[n-2].start, End: words[n-1].end})
}
