package phrases

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func builtin(t *testing.T) *List {
	t.Helper()
	l, err := read(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestCount holds the list to its promised size.
func TestCount(t *testing.T) {
	l, wrong := builtin(t), 0
	for _, e := range l.entries {
		if e.Wrong() {
			wrong++
		}
	}
	t.Logf("%d entries, %d of them with wrong renderings", len(l.entries), wrong)
	if len(l.entries) < 1000 || wrong < 700 {
		t.Errorf("%d entries, %d with wrong renderings; want 1000 and 700", len(l.entries), wrong)
	}
}

// TestEntries reads every entry as a strict proof-reader would.
func TestEntries(t *testing.T) {
	ids, spellings := map[string]bool{}, map[string]string{}
	for _, e := range builtin(t).entries {
		if ids[e.ID] {
			t.Errorf("%s: the id stands twice", e.ID)
		}
		ids[e.ID] = true
		for _, zh := range append(slices.Clone(e.Chinese), e.Unless...) {
			if len([]rune(zh)) < 2 || strings.ContainsFunc(zh, func(r rune) bool {
				return !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) && !strings.ContainsRune("“”、，+＋", r)
			}) {
				t.Errorf("%s: %q is no Chinese phrase of two characters", e.ID, zh)
			}
		}
		for _, zh := range e.Chinese {
			if spellings[zh] != "" {
				t.Errorf("%s: %s stands in %s too", e.ID, zh, spellings[zh])
			}
			spellings[zh] = e.ID
		}
		for _, zh := range e.Unless {
			if slices.Contains(e.Chinese, zh) {
				t.Errorf("%s: unless %s", e.ID, zh)
			}
		}
		if strings.ContainsFunc(e.NoteEN, func(r rune) bool { return unicode.Is(unicode.Han, r) && !strings.Contains(e.NoteEN, string(r)) }) || !strings.ContainsFunc(e.NoteZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: notes in the wrong languages", e.ID)
		}
		for _, p := range e.alone {
			for _, c := range p.steps[0].choices {
				if c.prefix != "" && len(p.steps) < 2 {
					t.Errorf("%s: %q is too wide to stand alone", e.ID, p.text)
				}
			}
		}
		if e.Noun && strings.ContainsAny(e.Good[0], "*/=") {
			t.Errorf("%s: %q cannot be put into a text", e.ID, e.Good[0])
		}
	}
}

// TestGood holds the whole list to its own good renderings: none of them is a
// wrong rendering of the same phrase, and none holds what any entry says to be
// wrong in every context. Package check tests them against phrases inside.
func TestGood(t *testing.T) {
	l := builtin(t)
	for _, e := range l.entries {
		for _, good := range e.Good {
			text := Read(good)
			for _, bad := range e.BadIn(text) {
				t.Errorf("%s: good %q matches bad %q", e.ID, good, bad.Pattern)
			}
			for _, m := range l.Alone(text) {
				t.Errorf("%s: good %q holds %q, wrong anywhere by %s", e.ID, good, m.Pattern, m.Entry.ID)
			}
			if len(e.GoodIn(text)) == 0 {
				t.Errorf("%s: good %q does not match itself", e.ID, good)
			}
		}
		for _, bad := range slices.Concat(e.Bad, e.Alone) {
			if slices.Contains(e.Good, bad) {
				t.Errorf("%s: %q is good and bad", e.ID, bad)
			}
		}
	}
}

// TestOrdinaryEnglish reads sentences that people write, in which nothing is
// wrong: what stands alone in the list has to pass them by.
func TestOrdinaryEnglish(t *testing.T) {
	l := builtin(t)
	for text := range strings.Lines(ordinary) {
		for _, m := range l.Alone(Read(text)) {
			t.Errorf("%q: found %q by %s", strings.TrimSpace(text), m.Pattern, m.Entry.ID)
		}
	}
}

const ordinary = `The agency needs robust risk management and a huge army of volunteers.
The Party set out its goals, and the ruling party set up a commission.
Note the time and enter the number on the form.
Crowds lined the streets while the party wound down.
The merger fine was upheld on appeal.
Officials responsible for the soil survey earn credit card points.
Off-duty workers may not enter; in-person time with counsel is guaranteed.
Third-party construction damaged the pipeline, and a private dance school closed.
The government jobs report was better than expected.
Dependency management and platform independence matter in software.
The patient flies home tomorrow; three stocks of cod have recovered.
Crews are removing ice and eliminating hazards on bridges.
The security of national power grids is a priority.
Large Bay Area employers use combination products and spam classification.
Decentralization, management and service delivery were reviewed.
The family of the executed person asked for the body.
Exports to Hong Kong, Australia and Taiwan rose.
The two shores of the strait are joined by a ferry.
Big data killed the old model. A square cabin stands on one hillock.
Two maintenance workers pulled nails from the boards of the safe garden.
The long river system and long-chain systems differ. Replace the old font.
The budding state of the flowers was noted. Routine loan repayments continue.
The alarm situation was resolved before new kinetic theories were tested.
`

func TestParse(t *testing.T) {
	const whole = "id a-b\nzh 社会 | 社會\ngood society\nbad social\nkind term minor noun\nen A note.\ncn 说明。\n"
	list, err := parse("data/x.txt", "# remark\n\n"+whole+"\n\n"+strings.Replace(whole, "a-b", "c", 1))
	if err != nil || len(list) != 2 || list[0].Subject != "x" || !list[0].Noun || list[1].ID != "c" {
		t.Fatalf("parse = %v, %v", list, err)
	}
	test := func(old, new, want string) {
		t.Helper()
		_, err := parse("data/x.txt", strings.Replace(whole, old, new, 1))
		if err == nil || err.Error() != want {
			t.Errorf("%q for %q: %v, want %s", new, old, err, want)
		}
	}
	test("id a-b\n", "", "data/x.txt:1: the entry has no id")
	test("cn 说明。\n", "", "data/x.txt:1: the entry has no cn")
	test("id a-b", "id A", `data/x.txt:1: "A" is no id: small letters, digits and hyphens`)
	test("id a-b\n", "id a-b\nid c\n", "data/x.txt:2: id stands twice")
	test("good", "fine", `data/x.txt:3: no line begins with "fine"`)
	test("bad social", "bad", `data/x.txt:4: "bad" has no value`)
	test("bad social", "bad social | social", `data/x.txt:4: bad: "social" is empty or stands twice`)
	test("bad social", "bad so*", `data/x.txt:4: "so*": "so*": a beginning has three letters`)
	test("bad social", "bad a ..", `data/x.txt:4: "a ..": no words, or a gap at the end`)
	test("bad social", "bad .. a", `data/x.txt:4: ".. a": a gap stands between words`)
	test("bad social", "bad soc?al", `data/x.txt:4: "soc?al": "soc?al" is no word`)
	test("minor noun", "grave", "data/x.txt:5: kind is a category, minor or major, and perhaps noun")
	test("term minor", "wrong minor", "data/x.txt:5: "+categoryError(t))
	test("en A note.", "scope fr", `data/x.txt:6: "fr" is no scope: prc, tw or hk`)
}

func categoryError(t *testing.T) string {
	t.Helper()
	_, err := parse("y", "kind wrong minor")
	return strings.TrimPrefix(err.Error(), "y:1: ")
}

func TestPattern(t *testing.T) {
	test := func(pattern, text, want string) {
		t.Helper()
		p, err := compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, at := range p.find(Read(text), nil) {
			got += "[" + text[at[0]:at[1]] + "]"
		}
		if got != want {
			t.Errorf("%q in %q: %s, want %s", pattern, text, got, want)
		}
	}
	test("carry out study", "They Carried out the studies, carrying out a study.", "[Carried out the studies][carrying out a study]")
	test("person time", "9 person-times", "[person-times]")
	test("person time", "a person. Times change", "")
	test("gang/mob crime", "gang crime, mob crimes, band crime", "[gang crime][mob crimes]")
	test("normaliz* .. gang", "normalised and normalizing the fight against gangs", "[normalizing the fight against gangs]")
	test("normaliz* .. gang", "normalizing one two three four gangs", "")
	test("=zeroing in", "zero in, zeroing in", "[zeroing in]")
	test("food, drug and environment", "food, drug, and environment; food, drug and environment", "[food, drug and environment]")
	test("first heart", "first, heart", "")
	test("party's wind", "the Party’s wind", "[Party’s wind]")
	test("first heart", "\"first heart\"é", "[first heart]")
	test("first heart", "", "")
}

func TestFind(t *testing.T) {
	l := builtin(t)
	test := func(text, want string) {
		t.Helper()
		got := ""
		for _, h := range l.Find(text) {
			got += text[h.Start:h.End]
			if h.Inner {
				got += "*"
			}
			got += " "
		}
		if strings.TrimSpace(got) != want {
			t.Errorf("Find(%s) = %s, want %s", text, got, want)
		}
	}
	test("公安部指出", "公安部")
	test("各公安部门指出", "")
	test("加强社会治安综合治理", "社会治安综合治理 社会治安* 综合治理*")
	test("社會治安", "社會治安")
	test("立法会议", "")
	test("立法会议员", "立法会")
	test("治", "")
	test("", "")
}

func FuzzRead(f *testing.F) {
	f.Add("Grasp the early and small—é “person-times”", "社会治安，公安部门")
	l, err := read(files)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, english, chinese string) {
		for _, m := range l.Alone(Read(english)) {
			if m.Start < 0 || m.End > len(english) || m.Start >= m.End {
				t.Fatalf("match %d-%d outside %q", m.Start, m.End, english)
			}
		}
		for _, h := range l.Find(chinese) {
			if !slices.Contains(h.Entry.Chinese, chinese[h.Start:h.End]) {
				t.Fatalf("%q is not %s", chinese[h.Start:h.End], h.Entry.ID)
			}
		}
	})
}

// BenchmarkList searches a unit of both texts, beside cutting it into words.
func BenchmarkList(b *testing.B) {
	const zh = "全国公安机关深入推进常态化扫黑除恶斗争，打掉涉黑组织2285个、恶势力犯罪集团8683个，社会治安持续好转，人民群众安全感不断提升。"
	const en = "Public security organs across the country have carried out a regular campaign against organized crime, broken up 2,285 mafia-like organizations and 8,683 gangs; public order keeps improving, and people feel ever safer."
	l, err := read(files)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			Read(en)
		}
	})
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			l.Alone(Read(en))
		}
	})
	b.Run("source", func(b *testing.B) {
		for b.Loop() {
			text := Read(en)
			for _, h := range l.Find(zh) {
				h.Entry.BadIn(text)
			}
		}
	})
}
