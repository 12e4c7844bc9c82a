package check

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// fewSubjectless is how many sentences without a subject a document may have
// before it is worth a word.
const fewSubjectless = 3

var subjectMissing = &Check{
	ID: "subject.missing", Target: intoEnglish,
	Category: corpus.Grammar, Severity: corpus.Neutral,
	Doc: Doc{
		Title:   Words{"Sentences without a subject", "句子缺少主语"},
		Catches: Words{"A document in which at least three units of running text begin with a bare verb (“Adhere to …”, “Strictly cracked down …”), as Chinese sentences may and English ones may not. It speaks once, at the first.", "文中至少三段正文以动词开头（“Adhere to …”“Strictly cracked down …”），照搬了中文的无主句。全文只提示一次。"},
		Ignores: Words{"Headings, items and cells, where such style is usual.", "标题、列表项和表格单元中的习惯写法。"},
		Wrong:   Pair{"", "Adhere to the plan. … Strengthen oversight. … Carry out checks."},
		Right:   Pair{"", "The bureau will adhere to the plan, strengthen oversight and carry out checks."},
	},
	Messages: map[string]Words{"subject.missing": {"{0} units begin with a verb and no subject, this one first.", "共有 {0} 个单元以动词开头、缺少主语，此处为第一处。"}},
	RunDocument: func(units []*Context) []Placed {
		first, count := -1, 0
		for u, c := range units {
			if !c.running() || len(c.T.wordList()) < 6 || !c.startsSubjectless() {
				continue
			}
			if count++; first < 0 {
				first = u
			}
		}
		if count < fewSubjectless {
			return nil
		}
		c := units[first]
		return []Placed{{first, c.inTarget(c.T.wordList()[0].span(), "subject.missing", strconv.Itoa(count))}}
	},
}

// bareVerbs are verbs with which machines begin the subjectless sentences of
// official Chinese.
var bareVerbs = set("adhere accelerate adjust advance build carry carried conduct consolidate continue coordinate crack cracked create deepen deepened develop ensure establish expand explore focus focused follow formulate grasp guide hold implement implemented improve increase insist integrate intensify introduce investigate launch launched maintain make manage optimize organize organized perfect persist prevent promote promoted protect publicize push raise regulate safeguard seize solve speed standardize step strengthen strengthened strive study support take uphold upgrade")

// startsSubjectless reports whether the text begins with such a verb, or with
// an adverb before one.
func (c *Context) startsSubjectless() bool {
	words := c.T.wordList()
	first := strings.ToLower(c.T.text(words[0]))
	if strings.HasSuffix(first, "ly") {
		first = strings.ToLower(c.T.text(words[1]))
	}
	_, verb := bareVerbs[first]
	return verb
}
