package check

import (
	"math"
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var unitChanged = &Check{
	ID: "unit.changed", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NumberUnit, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Unit changed, figure kept", "单位改变而数字未换算"},
		Catches: Words{"A quantity whose unit or currency became another one while its number stayed: 斤 as kilograms, 里 as miles, 亩 as acres, 美元 as yuan.", "数字不变而单位或货币改变：“斤”译成 kilograms，“里”译成 miles，“亩”译成 acres，“美元”译成 yuan。"},
		Ignores: Words{"Correct conversions, to within two per cent.", "误差在百分之二以内的正确换算。"},
		Wrong:   Pair{"重80斤", "weighing 80 kg"},
		Right:   Pair{"重80斤", "weighing 40 kg"},
	},
	Messages: map[string]Words{
		"unit.changed":         {"{0} is not {1}.", "“{0}”不是“{1}”。"},
		"unit.changed.convert": {"{0} is not {1} but {2}.", "“{0}”不是“{1}”，应为 {2}。"},
	},
	Run: func(c *Context) []corpus.Finding {
		return c.pairs(quantity.UnitChanged, func(l *ledger, p quantity.Pair) corpus.Finding {
			s, t := l.source[p.Source], l.target[p.Target]
			x, ok := quantity.Convert(s.Value, s.Unit, t.Unit)
			if !ok || len(s.Also) > 0 {
				return c.pairFinding(l, p, "unit.changed")
			}
			figure := roundFigure(x)
			f := c.pairFinding(l, p, "unit.changed.convert", figure+" "+quantity.Name(t.Unit, false))
			shown := t.Value.Float64()
			switch dimension := quantity.Dimension(t.Unit); {
			case dimension == "time" || dimension == "span", math.Abs(shown-x) < 0.15*x: // nearly the same: 斤 and pounds
				f.Severity = corpus.Minor
			default:
				if t.Form != quantity.Scaled && t.Form != quantity.Spelt {
					f = c.withFix(f, span(t.Number), figure)
				}
			}
			return f
		})
	},
}

// roundFigure writes x with three significant digits at most.
func roundFigure(x float64) string {
	if x <= 0 {
		return "0"
	}
	step := math.Pow10(int(math.Floor(math.Log10(x))) - 2)
	s := strconv.FormatFloat(math.Round(x/step)*step, 'f', max(0, -int(math.Round(math.Log10(step)))), 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
