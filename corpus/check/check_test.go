package check

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

func unit(source, target string) Input {
	return Input{Source: source, Target: target, SourceLang: language.Chinese, TargetLang: language.English, Kind: "paragraph"}
}

// TestRegistry checks that every check is whole: its manual page, its
// messages in both languages, one way to run, and that its own wrong pair is
// found and its right one is not.
func TestRegistry(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range All() {
		if group, name, ok := strings.Cut(k.ID, "."); !ok || group == "" || name == "" || k.ID != strings.ToLower(k.ID) {
			t.Errorf("%q is no check id", k.ID)
		}
		if seen[k.ID] {
			t.Errorf("%s is listed twice", k.ID)
		}
		seen[k.ID] = true
		if (k.Run == nil) == (k.RunDocument == nil) {
			t.Errorf("%s: one of Run and RunDocument must be set", k.ID)
		}
		if k.Category.MQM() == "" {
			t.Errorf("%s: category %q", k.ID, k.Category)
		}
		for _, w := range []Words{k.Doc.Title, k.Doc.Catches, k.Doc.Ignores} {
			if w.EN == "" || w.ZH == "" {
				t.Errorf("%s: its manual page is not whole", k.ID)
			}
		}
		if len(k.Messages) == 0 {
			t.Errorf("%s has no message", k.ID)
		}
		for id, w := range k.Messages {
			for _, verb := range []string{"{0}", "{1}", "{2}"} {
				if strings.Contains(w.EN, verb) != strings.Contains(w.ZH, verb) {
					t.Errorf("%s: message %s has %s in one language only", k.ID, id, verb)
				}
			}
			if w.EN == "" || w.ZH == "" {
				t.Errorf("%s: message %s is not in both languages", k.ID, id)
			}
		}
		if got, ok := ByID(k.ID); !ok || got != k {
			t.Errorf("ByID(%q) = %v, %v", k.ID, got, ok)
		}
		if k.RunDocument != nil || k == styleLong {
			continue // their examples are not whole units
		}
		if r := Run(k.Doc.Example(k.Doc.Wrong), []*Check{k}); len(r.Findings) == 0 {
			t.Errorf("%s finds nothing in its own wrong example", k.ID)
		}
		if r := Run(k.Doc.Example(k.Doc.Right), []*Check{k}); len(r.Findings) > 0 {
			t.Errorf("%s finds %q in its own right example", k.ID, Text(r.Findings[0], language.English))
		}
	}
	if _, ok := ByID("no.check"); ok {
		t.Error("ByID finds a check that is not there")
	}
}

func TestText(t *testing.T) {
	r := Run(unit("追回资金90亿元。", "Some 90 billion yuan was recovered."), All())
	if len(r.Findings) != 1 {
		t.Fatalf("Run found %d findings, want 1: %+v", len(r.Findings), r.Findings)
	}
	f := r.Findings[0]
	test := func(tag language.Tag, want string) {
		t.Helper()
		if got := Text(f, tag); got != want {
			t.Errorf("Text(%v) = %q, want %q", tag, got, want)
		}
	}
	test(language.English, "90亿元 = 9 billion; the text says 90 billion yuan.")
	test(language.SimplifiedChinese, "“90亿元”即 9 billion，译文为“90 billion yuan”。")
	if got := Text(corpus.Finding{Check: "term.violation", Message: "term.x"}, language.English); got != "term.x" {
		t.Errorf("Text of an unknown check = %q, want its message id", got)
	}
}

// TestPlaceholders checks that markup changes nothing but the offsets.
func TestPlaceholders(t *testing.T) {
	const open, shut = "\U000F0000", "\U000F0001"
	plain := Run(unit("追回资金90亿元。", "Some 90 billion yuan was recovered."), All())
	target := open + "Some " + shut + open + "90" + shut + " billion yuan was recovered."
	marked := Run(unit("追回资金"+open+"90亿"+shut+"元。", target), All())
	if len(plain.Findings) != 1 || len(marked.Findings) != 1 {
		t.Fatalf("found %d and %d findings, want 1 and 1", len(plain.Findings), len(marked.Findings))
	}
	s := marked.Findings[0].Target[0]
	if got := target[s.Start:s.End]; got != "90"+shut+" billion yuan" {
		t.Errorf("the span holds %q", got)
	}
	if marked.Findings[0].Fix != nil {
		t.Error("a fix would swallow a placeholder")
	}
	if r := Run(unit("", "See the "+open+shut+" the note."), All()); len(r.Findings) > 0 {
		t.Errorf("words on both sides of an image count as doubled: %q", Text(r.Findings[0], language.English))
	}
}

func TestPanicStopsNoOther(t *testing.T) {
	broken := &Check{ID: "test.broken", Run: func(*Context) []corpus.Finding { panic("broken") }}
	r := Run(unit("", "It met on on Friday."), []*Check{broken, repeatWord})
	if !slices.Equal(r.Failed, []string{"test.broken"}) || len(r.Findings) != 2 {
		t.Fatalf("Run = %d findings, failed %v; want 2 and test.broken", len(r.Findings), r.Failed)
	}
	if notice := r.Findings[1]; notice.Check != "test.broken" || notice.Severity != corpus.Neutral || !strings.Contains(Text(notice, language.English), "test.broken failed") {
		t.Errorf("the notice says %q", Text(notice, language.English))
	}
	if Risk(unit("", "It met on on Friday."), r.Findings) != Risk(unit("", "It met on on Friday."), r.Findings[:1]) {
		t.Error("a check that broke down changes the risk")
	}
	whole := &Check{ID: "test.whole", RunDocument: func([]*Context) []Placed { panic("broken") }}
	if d := RunDocument([]Input{unit("", "x")}, []*Check{whole}); !slices.Equal(d.Failed, []string{"test.whole"}) {
		t.Errorf("RunDocument failed %v, want test.whole", d.Failed)
	}
}

func TestKeyFollowsEvidence(t *testing.T) {
	key := func(source, target string) string {
		r := Run(unit(source, target), []*Check{numberScale})
		if len(r.Findings) != 1 {
			t.Fatalf("%d findings in %q", len(r.Findings), target)
		}
		return r.Findings[0].Key
	}
	first := key("追回资金90亿元。", "Some 90 billion yuan was recovered.")
	if key("追回资金90亿元。", "In the end some 90 billion yuan came back.") != first {
		t.Error("the key changes though the evidence does not")
	}
	if key("追回资金90亿元。", "Some 900 billion yuan was recovered.") == first || key("追缴资金90亿元。", "Some 90 billion yuan was recovered.") == first {
		t.Error("the key stays though the evidence changes")
	}
}

func TestLanguages(t *testing.T) {
	in := unit("追回资金90亿元。", "Rund 90 Milliarden Yuan wurden wurden zurückgeholt.")
	in.TargetLang = language.German
	if r := Run(in, All()); len(r.Findings) > 0 {
		t.Errorf("a check of English speaks of German: %s", r.Findings[0].Check)
	}
}

func TestRunDocument(t *testing.T) {
	units := []Input{
		unit("第一节", "Section I"),
		unit("共有4317所学校参加。", "In all, 4,317 schools took part."),
		unit("第一节", "Part One"),
		unit("共有4371名教师。", "There were 4,371 teachers."),
		unit("这4317所学校", "These 4,317 schools"),
		unit("严格执行规定", "It must be carried out."),
		unit("认真执行规定", "It must be carried out."),
		unit("坚持原则。", "Adhere to the principles of the plan."),
		unit("切实加强监督。", "Earnestly strengthen the oversight of the work."),
		unit("开展检查。", "Carry out checks in all of the towns."),
	}
	var got []string
	for _, p := range RunDocument(units, All()).Findings {
		s := p.Finding.Target[0]
		got = append(got, p.Finding.Check+" "+units[p.Unit].Target[s.Start:s.End])
	}
	want := []string{
		"segment.inconsistent Part One", "figure.twin 4,371", "figure.repeated 4,317",
		"segment.reused It must be carried out.", "subject.missing Adhere",
	}
	if !slices.Equal(got, want) {
		t.Errorf("RunDocument = %q\n\twant %q", got, want)
	}
	if r := RunDocument(nil, All()); len(r.Findings) > 0 {
		t.Error("an empty document has findings")
	}
}

// TestDocumentHabits checks the document checks that hold the few against the
// habit of the many.
func TestDocumentHabits(t *testing.T) {
	test := func(check *Check, units []Input, want ...string) {
		t.Helper()
		var got []string
		for _, p := range RunDocument(units, []*Check{check}).Findings {
			s := p.Finding.Target[0]
			got = append(got, strconv.Itoa(p.Unit)+" "+p.Finding.Message+" "+units[p.Unit].Target[s.Start:s.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s found %q, want %q", check.ID, got, want)
		}
	}
	headings := func(targets ...string) []Input {
		var list []Input
		for _, s := range targets {
			in := unit("", s)
			in.Kind = "heading"
			list = append(list, in)
		}
		return list
	}
	test(headingStyle, headings("Forest Fires", "Flood Control", "Road Safety", "Safeguard public health."), "3 heading.style.stop Safeguard public health.", "3 heading.style.case Safeguard public health.")
	test(headingStyle, headings("Forest Fires", "Flood Control", "Road Safety", "Public Health"))
	test(headingStyle, headings("Forest Fires", "Flood Control", "Public health."))
	test(headingStyle, headings("Fight fires.", "Control floods.", "Keep roads safe.", "Public health"), "3 heading.style.open Public health")

	test(quoteCase, []Input{
		unit("", `It ran the "Clean Water" campaign.`), unit("", `The “Safe Roads” project went on.`), unit("", `The "quiet nights" operation closed 30 bars.`),
	}, "2 quote.case quiet nights")
	test(quoteCase, []Input{
		unit("", `It ran the "Clean Water" campaign.`), unit("", `The "Safe Roads" project went on.`), unit("", `He called it "a good year" for the town.`),
	})

	test(quoteMixed, []Input{
		unit("", `It ran the "Clean Water" plan.`), unit("", "The city's budget grew."), unit("", "Citizens’ rights were protected."),
	}, "2 quote.mixed ’")
	test(quoteMixed, []Input{unit("", "The city's 5' plank."), unit("", "Citizens’ rights were protected.")})
	test(quoteMixed, []Input{unit("", "The city’s “plan”"), unit("", "Citizens’ rights, 5' high.")})

	insurance := func(targets ...string) []Input {
		sources := []string{"参加社会保险。", "缴纳社会保险费用", "关于社会保险，", "完善社会保险制度", "他说社会保险很重要", "把社会保险办好", "社会保险"}
		var list []Input
		for k, s := range targets {
			list = append(list, unit(sources[k], s))
		}
		return list
	}
	test(termVariant, insurance("They joined the social insurance.", "Pay for social insurance.", "On social insurance,", "A better system of social insurances", "Social insurance matters, he said.", "Run the public safeguards well.", "Social insurance"),
		"5 term.variant Run the public safeguards well.")
	test(termVariant, insurance("They joined the social insurance.", "Pay for social insurance.", "On social insurance,", "A better system of social insurances", "Social insurance matters, he said.", "Run the insurance, the social one, well.", "Social insurance"))
	test(termVariant, insurance("They joined the social insurance.", "Pay for social insurance.", "On the safety net,", "A better system of public safeguards", "Social insurance matters, he said.", "Run the public safeguards well.", "Social insurance"))
}

func TestRisk(t *testing.T) {
	m := model()
	if m.Version == 0 || m.Scale <= 0 || len(m.Pair.Signals) == 0 || len(m.Alone.Signals) == 0 {
		t.Fatalf("risk.json is not whole: %+v", m)
	}
	sound := unit("会议于昨日闭幕。", "The meeting closed yesterday.")
	broken := unit("会议于昨日闭幕，追回90亿元。", "The meeting meeting closed, 90 billion yuan.")
	risk := func(in Input) float64 { return Risk(in, Run(in, All()).Findings) }
	if a, b := risk(sound), risk(broken); a < 0 || b > 1 || a >= b {
		t.Errorf("Risk = %.3f for a sound unit, %.3f for a broken one", a, b)
	}
	why := RiskReasons(broken, Run(broken, All()).Findings, language.English)
	if len(why) == 0 || why[0] != "2 findings" {
		t.Errorf("RiskReasons = %q, want the findings first", why)
	}
	if got := risk(unit("有内容。", "")); got != 1 {
		t.Errorf("Risk of an untranslated unit = %v, want 1", got)
	}
	if got := risk(unit("", "")); got != 0 {
		t.Errorf("Risk of nothing = %v, want 0", got)
	}
}

// FuzzRun checks on any texts that no check panics, that spans and fixes lie in
// the texts on borders of runes, and that a second run says the same.
func FuzzRun(f *testing.F) {
	f.Add("追回资金90亿元，“十一”期间。", "Some 90 billion “yuan was was recovered. 331 lords.")
	f.Add("", "\U000F0000the the\U000F0001 A. b, c ;d 3,09 ( 汉字，")
	f.Add("重80斤", "80 kg\n\n80 kg")
	f.Fuzz(func(t *testing.T, source, target string) {
		in := unit(source, target)
		r := Run(in, All())
		if len(r.Failed) > 0 {
			t.Fatalf("%v broke down on %q, %q", r.Failed, source, target)
		}
		inside := func(text string, s corpus.Span) {
			if s.Start < 0 || s.End > len(text) || s.Start > s.End {
				t.Fatalf("span %v outside %q", s, text)
			}
			if utf8.ValidString(text) && (!utf8.ValidString(text[:s.Start]) || !utf8.ValidString(text[s.Start:s.End])) {
				t.Fatalf("span %v splits a rune of %q", s, text)
			}
		}
		for _, f := range r.Findings {
			for _, s := range f.Target {
				inside(target, s)
			}
			for _, s := range f.Source {
				inside(source, s)
			}
			if f.Fix != nil {
				inside(target, f.Fix.Span)
			}
			if Text(f, language.English) == f.Message || f.Key == "" {
				t.Fatalf("finding without words or key: %+v", f)
			}
		}
		if again := Run(in, All()); !reflect.DeepEqual(r, again) {
			t.Fatalf("two runs differ on %q, %q", source, target)
		}
		if risk := Risk(in, r.Findings); !(risk >= 0 && risk <= 1) {
			t.Fatalf("Risk = %v", risk)
		}
		if d := RunDocument([]Input{in, unit(target, source), in}, All()); len(d.Failed) > 0 {
			t.Fatalf("%v broke down on %q, %q", d.Failed, source, target)
		}
	})
}

// TestFirstDocument holds the target-only checks to the first real document:
// at least twelve distinct defects, among them those that must be seen, and
// nothing major beyond them.
func TestFirstDocument(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/seed/000_5447972c005bbedb.txt")
	if err != nil {
		t.Skip("no first document: ", err)
	}
	var units []Input
	for line := range strings.Lines(string(data)) {
		if strings.TrimSpace(line) != "" {
			in := unit("", strings.TrimRight(line, "\n"))
			if n := len(units); n > 0 {
				in.Previous = units[n-1].Target
			}
			units = append(units, in)
		}
	}
	must := map[string]bool{"1 sentence.fragment": false, "10 repeat.head": false, "11 repeat.head": false, "13 repeat.coord": false, "20 repeat.verb": false, "20 sentence.lower": false, "26 pair.quote": false, "26 sentence.splice": false, "27 sentence.split": false, "27 sentence.digitstart": false}
	grave := 0
	note := func(unit int, f corpus.Finding) {
		id := strconv.Itoa(unit+1) + " " + f.Check
		if _, listed := must[id]; listed {
			must[id] = true
		} else if f.Severity >= corpus.Major {
			grave++
			t.Logf("unit %d: %s", unit+1, Text(f, language.English))
		}
	}
	for i, in := range units {
		for _, f := range Run(in, All()).Findings {
			note(i, f)
		}
	}
	kinds := map[string]bool{}
	for _, p := range RunDocument(units, All()).Findings {
		kinds[p.Finding.Check] = true
	}
	for id, found := range must {
		if !found {
			t.Errorf("unit and check %s: nothing found", id)
		}
	}
	if grave > 1 || !kinds["figure.repeated"] || !kinds["figure.twin"] || !kinds["subject.missing"] {
		t.Errorf("%d further grave findings, document checks %v", grave, kinds)
	}
}

// TestNumberAlarms bounds how often the number checks speak of segments that
// experts found clean.
func TestNumberAlarms(t *testing.T) {
	file, err := os.Open(developmentSet)
	if err != nil {
		t.Skip("no development set: ", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	clean, alarms := 0, 0
	for lines.Scan() {
		var row struct {
			Source, Target string
			Errors         []struct{ Severity string }
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		minor, major := 0, 0
		for _, e := range row.Errors {
			switch e.Severity {
			case "Minor":
				minor++
			case "Major":
				major++
			}
		}
		if major > 0 || minor > 1 {
			continue
		}
		clean++
		if len(Run(unit(row.Source, row.Target), []*Check{numberScale, numberChanged, numberMissing, numberAdded, unitChanged}).Findings) > 0 {
			alarms++
		}
	}
	t.Logf("alarms on %d of %d clean segments, %.2f %%", alarms, clean, 100*float64(alarms)/float64(clean))
	if float64(alarms) > 0.005*float64(clean) {
		t.Error("more than 0.5 % of the clean segments are reported")
	}
}

// TestDatelineOfItsOwn checks a dateline that is a unit: its date is said again
// in the next one.
func TestDatelineOfItsOwn(t *testing.T) {
	in := unit("", "City News, June 3.")
	in.Next = "On June 3, the bureau met."
	if r := Run(in, []*Check{sentenceFragment}); len(r.Findings) != 1 {
		t.Errorf("found %d, want the dateline", len(r.Findings))
	}
	in.Next = "The bureau met."
	if r := Run(in, []*Check{sentenceFragment}); len(r.Findings) != 0 {
		t.Error("found a dateline whose date is said once")
	}
}

// BenchmarkRun runs all checks on a unit beside splitting it into words, to
// compare with.
func BenchmarkRun(b *testing.B) {
	in := unit("2021年，全国公安机关共办理案件3368.4万起，同比增长12.5%，挽回损失1905亿元。", "In 2021, public security organs nationwide handled 33.684 million cases, up 12.5 percent year on year, and recovered 190.5 billion yuan in losses.")
	checks := All()
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			appendWords(nil, in.Target)
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			Run(in, checks)
		}
	})
	b.Run("risk", func(b *testing.B) {
		for b.Loop() {
			Risk(in, nil)
		}
	})
}
