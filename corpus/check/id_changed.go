package check

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var idChanged = &Check{
	ID: "id.changed", Target: intoEnglish, Source: fromChinese,
	Category: corpus.NumberUnit, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Designation changed", "编号、型号改变"},
		Catches: Words{"A token of letters and digits of the source (S-400, H5N6, 600606.SH) that the target does not have or has otherwise.", "原文中的字母数字编号（S-400、H5N6、600606.SH）在译文中缺失或改变。"},
		Ignores: Words{"Other hyphens, blanks and capitals.", "连字符、空格和大小写的差别。"},
		Wrong:   Pair{"列装S-400系统。", "The R-400 system was commissioned."},
		Right:   Pair{"列装S-400系统。", "The S-400 system was commissioned."},
	},
	Messages: map[string]Words{
		"id.changed": {"The source says {0}; the text says {1}.", "原文为“{0}”，译文为“{1}”。"},
		"id.missing": {"{0} is missing.", "译文缺少“{0}”。"},
	},
	Run: func(c *Context) []corpus.Finding {
		found := c.each(func(l *ledger, p quantity.Pair) (corpus.Finding, bool) {
			if p.Relation != quantity.Changed || l.source[p.Source].Kind != quantity.Identifier {
				return corpus.Finding{}, false
			}
			return c.pairFinding(l, p, "id.changed"), true
		})
		if !speaks(c.T.Text) {
			return found
		}
		for _, i := range c.quantities().matching.Missing {
			s := c.quantities().source[i]
			if s.Kind != quantity.Identifier || c.spells(s.ID) {
				continue
			}
			f := c.inTarget(c.T.end(), "id.missing", c.S.at(span(s.Span)))
			f.Source = []corpus.Span{span(s.Span)}
			found = append(found, f)
		}
		return found
	},
}

// spells reports whether the target holds the designation once everything but
// letters and digits is taken out.
func (c *Context) spells(id string) bool {
	bare := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 0x20
		case 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, c.T.Text)
	return strings.Contains(bare, id)
}
