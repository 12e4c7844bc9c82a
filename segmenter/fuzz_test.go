package segmenter

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Texts such as people read every day.
const (
	benchEnglish = `The city council met on Jan. 12 to discuss the budget for 2024. "We have cut 3.5 percent," said Dr. Marsh, who heads the committee. Is that enough? Nobody knows; the U.S. economy is slowing (see Fig. 2 for details). Residents of St. Helena asked for a longer debate, and the mayor agreed to it. `
	benchChinese = `全市经济运行总体平稳，一季度实现增加值1250.6亿元，同比增长5.2%。市长指出：“形势依然严峻。各部门要抓好落实。”会议还审议了《关于进一步优化营商环境的意见》（征求意见稿），提出（一）简化手续；（二）降低费用。下一步怎么办？大家展开了讨论。`
)

var seeds = []string{
	"",
	" \t\r\n\u3000\u00a0\ufeff",
	"One. Two.",
	"One.\r\nTwo.\r\n\r\nThree",
	"\ufeffA line. Another.",
	"Er sagte: „Komm.“ Dann ging er.",
	"他说：“任务繁重。 ”会议随后结束。",
	"\xff\xfe. \xe3\x80 \xe3.\x80\x82 A.",
	"((((. [[[. “““. 《《《。",
	". . . . . . . . ",
	"1. a 2. b 3. c (i) d (ii) e",
	"\U000F0000Bold.\U000F0001 Next.\U000F0002 \U000F0004Third\U000F0005.",
	"a.\u2028b.\u2029c.\u0085d",
	"U.S. and e.g. Mr. J. K. Doe, p. 4. 5. Mai",
	"१. वह आया। वह गया।",
	"x.[1][22] Y.12 13 Z",
	"\x80\x80\x80……我",
	"。“。“ … … ”a“",
	"2023. 5. 7. 가 1. 2. 3. a: 1. B",
}

var tags = []language.Tag{
	language.Und, language.English, language.Chinese, language.Japanese, language.German,
	language.Greek, language.Arabic, language.Russian,
}

// checkText asserts what holds for any text: spans tile it, segments lie in
// order with nothing but white space around them, no boundary cuts a code
// point or CRLF in two, and the ways to ask agree.
func checkText(t *testing.T, p *Profile, text string) {
	t.Helper()
	for _, ends := range []LineEnds{SoftLineEnds, HardLineEnds} {
		at := 0
		for _, s := range p.AppendSpans(nil, text, ends) {
			if s.Start != at || s.End <= s.Start {
				t.Fatalf("AppendSpans(%q, %v): span %v after %d", text, ends, s, at)
			}
			at = s.End
			checkCut(t, text, at)
		}
		if at != len(text) {
			t.Fatalf("AppendSpans(%q, %v) ends at %d, want %d", text, ends, at, len(text))
		}
		at = 0
		for _, b := range AppendBlocks(nil, text, ends) {
			if b.Start < at || b.End <= b.Start || !blank(text[at:b.Start]) {
				t.Fatalf("AppendBlocks(%q, %v): block %v after %d", text, ends, b, at)
			}
			at = b.End
		}
		if !blank(text[at:]) {
			t.Fatalf("AppendBlocks(%q, %v) leaves %q", text, ends, text[at:])
		}
	}
	segs := p.Append(nil, text)
	at := 0
	for i, s := range segs {
		if i == 0 && !blank(text[:s.Start]) || i > 0 && s.Start != at || s.End <= s.Start || !blank(text[s.End:s.End+s.Trail]) {
			t.Fatalf("Append(%q): segment %v after %d", text, s, at)
		}
		if !s.Rule.breaks() {
			t.Fatalf("Append(%q): segment %v ends by rule %v", text, s, s.Rule)
		}
		checkCut(t, text, s.Start)
		checkCut(t, text, s.End)
		at = s.End + s.Trail
	}
	if len(segs) == 0 && !blank(text) || len(segs) > 0 && at != len(text) {
		t.Fatalf("Append(%q) ends at %d", text, at)
	}
	i := 0
	for s := range p.All(text) {
		if s != segs[i] {
			t.Fatalf("All(%q)[%d] = %v, want %v", text, i, s, segs[i])
		}
		i++
	}
	i = 0
	for _, c := range p.Explain(text) {
		if c.Break {
			if c.Pos != segs[i].End || c.Rule != segs[i].Rule {
				t.Fatalf("Explain(%q): %v, want the end of %v", text, c, segs[i])
			}
			i++
		}
	}
	if i != len(segs) {
		t.Fatalf("Explain(%q) has %d boundaries, want %d", text, i, len(segs))
	}
}

func blank(s string) bool { return For(language.Und).skipSpace(s, 0) == len(s) }

func checkCut(t *testing.T, text string, i int) {
	t.Helper()
	if 0 < i && i < len(text) && text[i-1] == '\r' && text[i] == '\n' {
		t.Fatalf("%q is cut at %d, inside CRLF", text, i)
	}
	for back := 1; back < utf8.UTFMax && i-back >= 0; back++ {
		if _, size := utf8.DecodeRuneInString(text[i-back:]); size > back {
			t.Fatalf("%q is cut at %d, inside a code point", text, i)
		}
	}
}

func TestSeeds(t *testing.T) {
	for _, tag := range tags {
		for _, s := range seeds {
			checkText(t, For(tag), s)
		}
	}
}

func FuzzSegment(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, byte(1))
	}
	f.Fuzz(func(t *testing.T, text string, tag byte) {
		checkText(t, For(tags[int(tag)%len(tags)]), text)
		DecideLineEnds(text)
		Detect(text)
	})
}

// TestLinear segments texts that make a scanner look far ahead or back. There is
// no clock in it: any of these takes minutes when it is quadratic, which the
// time limit of the test run finds.
func TestLinear(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{
		"a", ".", "(", "(.", ". ", "\"", "\" ", "“.", "1.", "1. a ", "《。", "「！", "a.\"", "。” ", "A. ", "é", "...", ". . .a", "\U000F0000.", "\n", "\n.", "`.`", "[1].", "x.1 ",
		"U.S. ", "Mr. ", "No. 5. ", "z. B. ", "'", "“", "”", "«", "a: 1. ", "“。“", "？」", "我……你", "赢?", "2023. 5. ", "J.-P. ", "\n1. ",
	} {
		text := strings.Repeat(unit, size/len(unit))
		for _, tag := range []language.Tag{language.English, language.Chinese} {
			For(tag).Append(nil, text)
		}
		DecideLineEnds(text)
		AppendBlocks(nil, text, SoftLineEnds)
	}
}

func TestAppendAllocates(t *testing.T) {
	text := strings.Repeat(benchEnglish, 20) + strings.Repeat(benchChinese, 20) +
		"\n\nСм. рис. 5 в г. Туле. Это 5 км. Дорога.\nقال د. سامي إنه قادم. متى؟\nAm 3. Mai, z. B. in der Hauptstr. 5. Dort.\nNé av. J.-C. à Rome.\n"
	for _, tag := range append(tags, language.French, language.Spanish, language.Hindi, language.Korean) {
		p := For(tag)
		dst := p.Append(nil, text)
		if n := testing.AllocsPerRun(5, func() { dst = p.Append(dst[:0], text) }); n != 0 {
			t.Errorf("Append in %v with room allocates %v times, want 0", tag, n)
		}
		if n := testing.AllocsPerRun(5, func() {
			for range p.All(text) {
			}
		}); n > 1 {
			t.Errorf("All in %v allocates %v times, want 1 at most", tag, n)
		}
		spans := p.AppendSpans(nil, text, SoftLineEnds)
		if n := testing.AllocsPerRun(5, func() { spans = p.AppendSpans(spans[:0], text, SoftLineEnds) }); n != 0 {
			t.Errorf("AppendSpans in %v with room allocates %v times, want 0", tag, n)
		}
	}
}
