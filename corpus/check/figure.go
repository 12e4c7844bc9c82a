package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var figureRepeated = &Check{
	ID: "figure.repeated", Target: intoEnglish,
	Category: corpus.NumberUnit, Severity: corpus.Neutral,
	Doc: Doc{
		Title:   Words{"Figure said again", "数字重复出现"},
		Catches: Words{"A statistic of at least four digits that stands in several units of a document: whoever corrects one must correct all.", "四位以上的统计数字在文中多处出现：改一处须同时改各处。"},
		Ignores: Words{"Years, dates and round thousands.", "年份、日期和整千数。"},
		Wrong:   Pair{"", "In all, 4,317 schools took part. … The 4,317 schools"},
		Right:   Pair{"", "In all, 4,317 schools took part. … These schools"},
	},
	Messages: map[string]Words{"figure.repeated": {"{0} stands in {1} places; they must stay equal.", "{0} 在文中共出现 {1} 处，须保持一致。"}},
	RunDocument: func(units []*Context) []Placed {
		var found []Placed
		for _, places := range placesByValue(units) {
			if len(places) < 2 || places[0].unit == places[len(places)-1].unit {
				continue
			}
			p := places[len(places)-1]
			c := units[p.unit]
			found = append(found, Placed{p.unit, c.inTarget(span(p.q.Number), "figure.repeated", c.T.at(span(p.q.Number)), strconv.Itoa(len(places)))})
		}
		return found
	},
}

var figureTwin = &Check{
	ID: "figure.twin", Target: intoEnglish,
	Category: corpus.NumberUnit, Severity: corpus.Neutral,
	Doc: Doc{
		Title:   Words{"Figures alike but for two digits", "数字仅两位互换"},
		Catches: Words{"Two figures of at least four digits in one document that differ only by two neighbouring digits changing places. It is a hint to compare, not a verdict.", "同一文件中两个四位以上的数字仅相邻两位互换。仅提示核对。"},
		Ignores: Words{"Years and round thousands.", "年份和整千数。"},
		Wrong:   Pair{"", "4,317 schools … 4,371 teachers"},
		Right:   Pair{"", "4,317 schools … 9,026 teachers"},
	},
	Messages: map[string]Words{"figure.twin": {"{0} is {1} with two digits exchanged: is it right?", "{0} 与 {1} 仅两位数字互换，请核对。"}},
	RunDocument: func(units []*Context) []Placed {
		earlier := map[string][]figurePlace{} // by their digits
		var found []Placed
		for _, places := range placesByValue(units) {
			p := places[0]
			for _, digits := range exchanged(p.digits) {
				for _, first := range earlier[digits] {
					c := units[p.unit]
					found = append(found, Placed{p.unit, c.inTarget(span(p.q.Number), "figure.twin", c.T.at(span(p.q.Number)), units[first.unit].T.at(span(first.q.Number)))})
				}
			}
			earlier[p.digits] = append(earlier[p.digits], p)
		}
		return found
	},
}

// figurePlace is where a statistic stands.
type figurePlace struct {
	unit   int
	q      quantity.Quantity
	digits string
}

// placesByValue returns the statistics of a document's targets with all their
// places, in order of their first.
func placesByValue(units []*Context) [][]figurePlace {
	var groups [][]figurePlace
	index := map[quantity.Value]int{}
	for u, c := range units {
		for _, q := range c.quantities().target {
			digits := strings.TrimRight(q.Value.String(), "0")
			if q.Kind != quantity.Cardinal || !q.Strong || len(digits) < 4 {
				continue
			}
			g, known := index[q.Value]
			if !known {
				g = len(groups)
				index[q.Value] = g
				groups = append(groups, nil)
			}
			groups[g] = append(groups[g], figurePlace{u, q, digits})
		}
	}
	return groups
}

// exchanged returns the digits with each two neighbours that differ exchanged.
// Figures with a decimal point have no twins: too many of them are alike.
func exchanged(digits string) []string {
	if strings.Contains(digits, ".") {
		return nil
	}
	var list []string
	for i := 1; i < len(digits); i++ {
		if digits[i-1] != digits[i] {
			list = append(list, digits[:i-1]+digits[i:i+1]+digits[i-1:i]+digits[i+1:])
		}
	}
	return list
}
