package quantity

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// show writes quantities as the golden file does: kind, value, unit, and "?"
// behind a weak one.
func show(list []Quantity) string {
	var words []string
	for _, q := range list {
		s := q.Kind.String() + " " + q.Value.String()
		if q.Kind == Identifier {
			s = "identifier " + q.ID
		}
		for _, v := range q.Also {
			s += "|" + v.String()
		}
		if q.Unit != "" {
			s += " " + q.Unit
		}
		if !q.Strong {
			s += "?"
		}
		words = append(words, s)
	}
	return strings.Join(words, ", ")
}

func TestAppend(t *testing.T) {
	test := func(tag language.Tag, text, want string) {
		t.Helper()
		if got := show(Append(nil, text, tag)); got != want {
			t.Errorf("Append(%q) = %s\n\twant %s", text, got, want)
		}
	}
	zh := func(text, want string) { t.Helper(); test(language.Chinese, text, want) }
	zh("共3368.4万起", "cardinal 33684000")
	zh("11万7015人", "cardinal 117015")
	zh("3亿4000万", "cardinal 340000000")
	zh("一万六七", "cardinal 16000|17000")
	zh("三四十人", "cardinal 30|40")
	zh("十几人", "cardinal 10|12?")
	zh("3000多万元", "cardinal 30000000 cny")
	zh("百分之三点五", "share 0.035")
	zh("3.2个百分点", "points 0.032")
	zh("20世纪90年代", "decade 1990")
	zh("2022年3月31日19时54分", "year 2022, month 3, day 31, clock 1194")
	zh("下午3点半", "clock 930")
	zh("三点意见", "cardinal 3")
	zh("600至850亿千瓦时", "cardinal 60000000000 kwh, cardinal 85000000000 kwh")
	zh("6至8月", "month 6, month 8")
	zh("重80斤", "cardinal 80 jin")
	zh("“十四五”规划", "ordinal 14, cardinal 5?")
	zh("一带一路", "")
	zh("S-400", "identifier S400")
	zh("前一日", "cardinal 1?")
	zh("七十周年", "cardinal 70 year")
	zh("“九·一八”事变", "month 9?, day 18?, cardinal 918|9.18|0.5?")
	zh("中華民國一百零八年六月二十一日", "year 2019|108, month 6, day 21")
	zh("新臺幣三萬元", "cardinal 30000 twd")

	en := func(text, want string) { t.Helper(); test(language.English, text, want) }
	en("two and a half million", "cardinal 2500000")
	en("one hundred and five", "cardinal 105")
	en("half a million", "cardinal 500000")
	en("60 to 85 billion kWh", "cardinal 60000000000 kwh, cardinal 85000000000 kwh")
	en("S$13.8 to S$14.3 billion", "cardinal 13800000000 sgd, cardinal 14300000000 sgd")
	en("RM476.5 billion", "cardinal 476500000000 myr")
	en("March 31, 2022 at 7:54 p.m.", "month 3, day 31, year 2022, clock 1194")
	en("2022-03-31", "year 2022, month 3, day 31")
	en("the nineteenth and the 19th century", "ordinal 19, century 19")
	en("two-thirds, 20% off, threefold, doubled", "share 2/3, share 0.8, multiple 3, multiple 2?")
	en("over the past two decades", "cardinal 20|2 year?")
	en("they may march on", "")
	en("US$5m for 1,000 people", "cardinal 5000000 usd, cardinal 1000")
	en("Covid-19 and H5N6", "identifier COVID19, identifier H5N6")
	en("10–20%", "share 0.1, share 0.2")

	de := func(text, want string) { t.Helper(); test(language.German, text, want) }
	de("1.234 Fälle und 12,5 Prozent", "cardinal 1234, cardinal 12.5")
}

func TestUnitTable(t *testing.T) {
	for key, u := range units().byKey {
		if u.dimension == "" || u.english == "" {
			t.Errorf("unit %s has no dimension or no English word", key)
		}
		if !u.size.Valid() && u.dimension != "money" {
			t.Errorf("unit %s has no size", key)
		}
	}
	if got, ok := Convert(Decimal(80, 0), "jin", "kg"); !ok || got != 40 {
		t.Errorf("Convert(80, jin, kg) = %v, %v, want 40", got, ok)
	}
	if _, ok := Convert(Decimal(80, 0), "usd", "cny"); ok {
		t.Error("Convert(usd, cny) converts currencies")
	}
}

// TestTraditionalTable checks what keeps offsets right: that both characters of
// a pair take three bytes and differ, and that none stands twice.
func TestTraditionalTable(t *testing.T) {
	seen := map[rune]bool{}
	for line := range strings.Lines(traditionalTable) {
		for _, pair := range strings.Fields(line) {
			if line[0] == '#' {
				continue
			}
			r := []rune(pair)
			if len(r) != 2 || len(pair) != 6 || r[0] == r[1] || seen[r[0]] {
				t.Errorf("traditional.txt: %q is no new pair of two characters of three bytes", pair)
				continue
			}
			seen[r[0]] = true
		}
	}
}

func TestPhraseTable(t *testing.T) {
	for line := range strings.Lines(phraseTable) {
		_, means, _ := strings.Cut(line, "=")
		for _, m := range strings.Fields(means) {
			if _, ok := parseMeaning(m); !ok && !strings.HasPrefix(line, "#") {
				t.Errorf("phrases.zh.txt: cannot read %q of %q", m, line)
			}
		}
	}
}

// FuzzAppend checks on any text that nothing panics, that spans lie in the
// text on borders of runes and in order, and that a text matches itself.
func FuzzAppend(f *testing.F) {
	for _, s := range []string{"11万7015人", "百分之三至五", "2022-03-31", "US$5.5bn to 6 million", "half past three", "一万六七", "3,09", "19:54", "１２％", "第第二", "万亿万亿万亿万亿", "99999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, tag := range []language.Tag{language.Chinese, language.English, language.French} {
			list := Append(nil, text, tag)
			last := 0
			for _, q := range list {
				for _, s := range []Span{q.Span, q.Number} {
					if s.Start < 0 || s.End > len(text) || s.Start > s.End {
						t.Fatalf("%v: span %v of %q", tag, s, text)
					}
					if utf8.ValidString(text) && (!utf8.ValidString(text[:s.Start]) || !utf8.ValidString(text[s.Start:s.End])) {
						t.Fatalf("%v: span %v splits a rune of %q", tag, s, text)
					}
				}
				if q.Span.Start < last {
					t.Fatalf("%v: %v out of order in %q", tag, q.Span, text)
				}
				last = q.Span.Start
				if !q.Value.Valid() && q.Kind != Identifier {
					t.Fatalf("%v: no value in %v of %q", tag, q, text)
				}
			}
			m := Match(list, list)
			for _, p := range m.Pairs {
				if p.Relation != Equal {
					t.Fatalf("%v: %q differs from itself: %v", tag, text, p)
				}
			}
			if len(m.Missing) > 0 || len(m.Added) > 0 {
				t.Fatalf("%v: %q lacks its own quantities: %v", tag, text, m)
			}
		}
	})
}

// TestDevelopmentTable holds the rules to the pairs of the development table:
// all differing ones found, none of the agreeing ones reported.
func TestDevelopmentTable(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/numbers/cases.tsv")
	if err != nil {
		t.Skip("no development table: ", err)
	}
	bad, found, good, reported := 0, 0, 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		alarm := disagree(cells[2], cells[3])
		switch cells[4] {
		case "bad":
			bad++
			if alarm {
				found++
			}
		case "ok":
			good++
			if alarm {
				reported++
			}
		}
		if (cells[4] == "bad") != alarm && cells[4] != "warn" {
			t.Logf("%s: %s / %s is %s", cells[0], cells[2], cells[3], cells[4])
		}
	}
	summary := fmt.Sprintf("bad found %d/%d, ok reported %d/%d", found, bad, reported, good)
	t.Log(summary)
	if found < bad-1 || reported > 1 {
		t.Error(summary)
	}
}

// BenchmarkSentence reads both sides of a sentence with five quantities and
// matches them.
func BenchmarkSentence(b *testing.B) {
	zh := "2021年，全国共办理案件3368.4万起，同比增长12.5%，挽回损失1905亿元，处理第十九批线索。"
	en := "In 2021, a total of 33.684 million cases were handled nationwide, up 12.5 percent year on year, recovering 190.5 billion yuan, and the 19th batch of leads was processed."
	b.ReportAllocs()
	var source, target []Quantity
	for b.Loop() {
		source = Append(source[:0], zh, language.Chinese)
		target = Append(target[:0], en, language.English)
		if m := Match(source, target); len(m.Missing)+len(m.Added) > 0 {
			b.Fatal(m)
		}
	}
}
