package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var dayWords = set("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight")

var dayParts = set("morning afternoon evening day night week month")

// implied reports whether the target says a missing day in another way: as a
// weekday, "yesterday" or "this morning".
func (c *Context) implied(q quantity.Quantity) bool {
	if q.Kind != quantity.Day {
		return false
	}
	words := c.T.wordList()
	for k, w := range words {
		s := strings.ToLower(strings.TrimSuffix(c.T.text(w), "'s"))
		if _, ok := dayWords[s]; ok {
			return true
		}
		if s == "this" || s == "same" || s == "that" {
			if k+1 < len(words) {
				if _, ok := dayParts[strings.ToLower(c.T.text(words[k+1]))]; ok {
					return true
				}
			}
		}
	}
	return false
}

// counted reports whether a missing figure only counts the names before it,
// which the reader can do as well: 江苏、浙江、辽宁3省.
func (c *Context) counted(q quantity.Quantity) bool {
	n, whole := q.Value.Int()
	if q.Kind != quantity.Cardinal || !whole || n < 2 || n > 9 {
		return false
	}
	list := c.S.Text[:q.Span.Start]
	if cut := strings.LastIndexAny(list, "，。；：:;,"); cut >= 0 {
		list = list[cut:]
	}
	if strings.HasSuffix(list, "等") {
		return false
	}
	names := strings.Count(list, "、") + 1
	if last := strings.LastIndex(list, "、"); last >= 0 && strings.ContainsAny(list[last:], "和与及") {
		names++
	}
	return int64(names) == n && names > 1
}

// divisions are the words before the number of a part of a law.
var divisions = set("article articles paragraph paragraphs subparagraph subparagraphs section sections chapter clause clauses item items subsection subsections rule schedule annex")

// resolved reports whether an added figure names the part of a law that the
// source only points to: 前条 is "Article 6" where it stands in article 7.
func (c *Context) resolved(q quantity.Quantity) bool {
	points := false
	for _, w := range []string{"前", "本", "同", "次", "上"} {
		for _, part := range []string{"条", "條", "项", "項", "款", "目", "二条", "二條", "二项", "二項", "三条", "三條", "三项", "三項", "章", "节", "節"} {
			points = points || strings.Contains(c.S.Text, w+part)
		}
	}
	if !points {
		return false
	}
	words := c.T.wordsIn(corpus.Span{Start: 0, End: q.Span.Start})
	for k := len(words) - 1; k >= max(0, len(words)-3); k-- {
		w := strings.ToLower(c.T.text(words[k]))
		if _, ok := divisions[w]; ok {
			return true
		}
		if w != "and" && w != "or" && w != "to" && words[k].letters {
			return false
		}
	}
	return false
}

// supplied reports whether an added part of a date only completes one of the
// source, which has the day but says no month, or no year, anywhere.
func supplied(q quantity.Quantity, source []quantity.Quantity) bool {
	if q.Kind != quantity.Year && q.Kind != quantity.Month {
		return false
	}
	dated := false
	for _, s := range source {
		switch s.Kind {
		case q.Kind:
			return false
		case quantity.Day, quantity.Month:
			dated = dated || s.Kind == quantity.Day || q.Kind == quantity.Year
		}
	}
	return dated
}
