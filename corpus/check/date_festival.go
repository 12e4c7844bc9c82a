package check

import (
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/quantity"
)

var dateFestival = &Check{
	ID: "date.festival", Target: intoEnglish, Source: fromChinese,
	Category: corpus.Mistranslation, Severity: corpus.Major, NeedsSource: true,
	Doc: Doc{
		Title:   Words{"Festival read as a number", "节日被译成数字"},
		Catches: Words{"A day known by its date, 十一, 五一, 七一, 八一, 九一八, 双十一, rendered as a plain number or ordinal.", "以日期命名的节日或纪念日（十一、五一、七一、八一、九一八、双十一）被译成普通数字或序数。"},
		Ignores: Words{"Renderings as the festival or as a date: “National Day”, “October 1”, “Double 11”.", "译成节日名或日期的情况：“National Day”“October 1”“Double 11”。"},
		Wrong:   Pair{"“十一”黄金周", "the 11th Golden Week"},
		Right:   Pair{"“十一”黄金周", "the National Day Golden Week"},
	},
	Messages: map[string]Words{"date.festival": {"{0} is {1}, not a number.", "“{0}”即 {1}，不是数字。"}},
	Run:      runDateFestival,
}

// festivals maps days known by their dates to what English calls them and to
// the numbers that machines make of them.
var festivals = []struct {
	source, name string
	misread      []int64
}{
	{"双十一", "Singles' Day (November 11)", []int64{10, 2, 21}},
	{"双十二", "the Double 12 shopping festival", []int64{10, 22}},
	{"九一八", "the September 18 Incident", []int64{918}},
	{"十一", "National Day (October 1)", []int64{11}},
	{"五一", "May Day", []int64{51}},
	{"七一", "the Party's founding day (July 1)", []int64{71}},
	{"八一", "Army Day (August 1)", []int64{81}},
	{"六一", "Children's Day (June 1)", []int64{61}},
	{"三八", "Women's Day (March 8)", []int64{38}},
	{"五四", "the May Fourth Movement", []int64{54}},
}

func runDateFestival(c *Context) []corpus.Finding {
	l := c.quantities()
	var found []corpus.Finding
	for _, j := range l.matching.Added {
		t := l.target[j]
		k, at := c.misread(t)
		if k < 0 {
			continue
		}
		f := c.inTarget(span(t.Span), "date.festival", festivals[k].source, festivals[k].name)
		f.Source = []corpus.Span{{Start: at, End: at + len(festivals[k].source)}}
		found = append(found, f)
	}
	return found
}

// misread returns the festival of the source that t is a misreading of, and
// where it stands there, or -1.
func (c *Context) misread(t quantity.Quantity) (festival, at int) {
	v, whole := t.Value.Int()
	if !whole || t.Kind != quantity.Cardinal && t.Kind != quantity.Ordinal {
		return -1, 0
	}
	for k, f := range festivals {
		if at := strings.Index(c.S.Text, f.source); at >= 0 && slices.Contains(f.misread, v) && c.named(at, at+len(f.source)) {
			return k, at
		}
	}
	return -1, 0
}

// named reports whether a festival's name at the given place of the source is
// no part of a number, nor the number of a paragraph.
func (c *Context) named(from, to int) bool {
	return !strings.ContainsRune("第零一二三四五六七八九十百千万萬", lastRune(c.S.Text[:from])) &&
		!strings.ContainsRune("、．零一二三四五六七八九十百千万萬亿个個名人项項条條届屆年月日号號章节節款", firstRune(c.S.Text[to:]))
}

// festive reports whether date.festival speaks of t.
func (c *Context) festive(t quantity.Quantity) bool {
	k, _ := c.misread(t)
	return k >= 0
}
