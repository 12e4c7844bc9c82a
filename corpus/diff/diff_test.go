package diff

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// lines returns the lines of a case file, without comments and blank lines,
// with what stands for invisible characters put back.
func lines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	unescape := strings.NewReplacer("␠", " ", `\n`, "\n", "{1}", "\U000F0001", "{2}", "\U000F0002")
	var out []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if line != "" && !strings.HasPrefix(line, "# ") {
			out = append(out, unescape.Replace(line))
		}
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, line := range lines(t, "testdata/tokens.txt") {
		want := strings.Split(line, "|")
		text := strings.Join(want, "")
		if got := Tokens(text); !slices.Equal(got, want) {
			t.Errorf("Tokens(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTexts(t *testing.T) {
	in := lines(t, "testdata/diffs.txt")
	if len(in)%3 != 0 {
		t.Fatalf("testdata/diffs.txt: %d lines, want blocks of three", len(in))
	}
	for i := 0; i < len(in); i += 3 {
		old, new, want := in[i][2:], in[i+1][2:], in[i+2][2:]
		edits := Texts(old, new)
		if got := draw(edits); got != want {
			t.Errorf("Texts(%q, %q)\n got %s\nwant %s", old, new, got, want)
		}
		tiles(t, old, new, edits)
	}
}

// draw writes edits the way testdata/diffs.txt does.
func draw(edits []Edit) string {
	var b strings.Builder
	for _, e := range edits {
		switch e.Op {
		case Equal:
			b.WriteString(e.Text)
		case Insert:
			b.WriteString("{+" + e.Text + "+}")
		case Delete:
			b.WriteString("[-" + e.Text + "-]")
		}
	}
	return b.String()
}

// tiles reports every way in which edits break what Texts promises.
func tiles(t *testing.T, old, new string, edits []Edit) {
	t.Helper()
	var o, n strings.Builder
	for i, e := range edits {
		was, is := Span{o.Len(), o.Len()}, Span{n.Len(), n.Len()}
		if e.Op != Insert {
			o.WriteString(e.Text)
			was.End = o.Len()
		}
		if e.Op != Delete {
			n.WriteString(e.Text)
			is.End = n.Len()
		}
		if e.Old != was || e.New != is {
			t.Errorf("Texts(%q, %q): edit %d stands at %v and %v, want %v and %v", old, new, i, e.Old, e.New, was, is)
		}
		if e.Text == "" {
			t.Errorf("Texts(%q, %q): edit %d is empty", old, new, i)
		}
		if i > 0 && (edits[i-1].Op == e.Op || edits[i-1].Op == Insert && e.Op == Delete) {
			t.Errorf("Texts(%q, %q): %v follows %v", old, new, e.Op, edits[i-1].Op)
		}
	}
	if o.String() != old {
		t.Errorf("Texts(%q, %q): deletions and equalities make %q", old, new, o.String())
	}
	if n.String() != new {
		t.Errorf("Texts(%q, %q): insertions and equalities make %q", old, new, n.String())
	}
}

func TestTextsInvalidUTF8(t *testing.T) {
	test := func(old, new, want string) {
		t.Helper()
		edits := Texts(old, new)
		if got := draw(edits); got != want {
			t.Errorf("Texts(%q, %q) = %q, want %q", old, new, got, want)
		}
		tiles(t, old, new, edits)
	}
	test("a b \xff", "a b \xff", "a b \xff")
	test("a b \xff", "a b c", "[-a b \xff-]{+a b c+}")
	test("a b c", "a b \xe4\xb8", "[-a b c-]{+a b \xe4\xb8+}")
	test("\xff", "\xfe", "[-\xff-]{+\xfe+}")
	test("\xff", "", "[-\xff-]")
	test("", "\xff", "{+\xff+}")
}

func TestRatio(t *testing.T) {
	test := func(old, new string, want float64) {
		t.Helper()
		if got := Ratio(Texts(old, new)); got != want {
			t.Errorf("Ratio(Texts(%q, %q)) = %v, want %v", old, new, got, want)
		}
	}
	test("", "", 0)
	test("中文", "中文", 0)
	test("中文", "", 1)
	test("甲乙丙丁", "甲乙戊己", 0.5)
	test("one two", "six ten", 1)
}

// words is what random texts are made of: tokens of every kind, and bytes that
// are not UTF-8.
var someTokens = []string{
	"the", "safe", "county", " ", " ", "  ", "\n", ",", ".", "中", "文", "一", "十", "万", "年", "月", "日",
	"2026", "12", "3.5", "%", "\u0301", "\u200d", "👍", "👨‍👩‍👧", "\U000F0000", "\U000FFFFD", "\ufffd", "é", "-", "“", "”",
}

func someText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range r.IntN(n) {
		b.WriteString(someTokens[r.IntN(len(someTokens))])
	}
	if r.IntN(40) == 0 {
		b.WriteString("\xe4\xb8")
	}
	return b.String()
}

func TestTextsTile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		old, new := someText(r, 40), someText(r, 40)
		if r.IntN(2) == 0 { // an edited copy, rather than another text
			cut := r.IntN(len(old) + 1)
			new = old[:cut] + someText(r, 5) + old[cut:]
		}
		tiles(t, old, new, Texts(old, new))
	}
}

// More distinct tokens than there are code points before the surrogates.
func TestTextsManyTokens(t *testing.T) {
	const n = 70_000
	var b strings.Builder
	for i := range n {
		b.WriteString("w" + strconv.Itoa(i) + " ")
	}
	old := b.String()
	new := strings.Replace(old, "w60000 ", "changed ", 1)
	edits := Texts(old, new)
	tiles(t, old, new, edits)
	if got := len(edits); got != 4 {
		t.Fatalf("Texts of two texts that differ in a word: %d edits, want 4", got)
	}
	if got := edits[1].Text + edits[2].Text; got != "w60000changed" {
		t.Errorf("Texts changed %q, want %q", got, "w60000changed")
	}
}

// large returns about size bytes of words or, with zh, of characters.
func large(r *rand.Rand, size int, zh bool) string {
	var b strings.Builder
	for b.Len() < size {
		if zh {
			b.WriteRune(rune(0x4E00 + r.IntN(3000)))
			continue
		}
		for range 2 + r.IntN(8) {
			b.WriteByte(byte('a' + r.IntN(26)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// Two large texts that have nothing to do with each other: replaced whole.
func TestTextsUnrelated(t *testing.T) {
	for _, zh := range []bool{true, false} {
		old, new := large(rand.New(rand.NewPCG(1, 1)), 100_000, zh), large(rand.New(rand.NewPCG(2, 2)), 100_000, zh)
		edits := Texts(old, new)
		tiles(t, old, new, edits)
		if r := Ratio(edits); r < 0.99 {
			t.Errorf("Ratio of unrelated texts (Chinese: %v) = %v, want about 1", zh, r)
		}
	}
}

// A large text with an edit in every tenth word is too different for an exact
// comparison, and is still found to be mostly the same.
func TestTextsLargeEdited(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	fields := strings.Fields(large(r, 300_000, false))
	changed := 0
	old := strings.Join(fields, " ")
	for i := range fields {
		if r.IntN(10) == 0 {
			fields[i] = "changed"
			changed++
		}
	}
	new := strings.Join(fields, " ")
	edits := Texts(old, new)
	tiles(t, old, new, edits)
	if changed < exactLimit {
		t.Fatalf("only %d words changed: the test no longer goes beyond the exact comparison", changed)
	}
	if got := Ratio(edits); got > 0.15 {
		t.Errorf("Ratio = %.2f where a tenth of the words changed, want under 0.15", got)
	}
}

// Texts on which a careless scanner would look at everything again and again.
func TestTokensLinear(t *testing.T) {
	for _, unit := range []string{"1/", "一", "1万", "9", "年月", "a'\u0301", " "} {
		text := strings.Repeat(unit, 200_000) + "x\u0301"
		if got := strings.Join(Tokens(text), ""); got != text {
			t.Errorf("Tokens of many %q do not join to the text", unit)
		}
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("全年处置3368.4万起。", "全年处置3368.4亿起。")
	f.Add("The bureau issued guidelines.", "The bureau has released guiding opinions.")
	f.Add("a\U000F0000b 👨‍👩‍👧", "a\U000F0001\u0301b 👍🏽")
	f.Add("2026年5月7日9时", "五月七日 16:30%")
	f.Add("\xff\xe4", "é\u0301 \r\n")
	f.Fuzz(func(t *testing.T, old, new string) {
		for _, text := range []string{old, new} {
			if got := strings.Join(Tokens(text), ""); got != text {
				t.Errorf("Tokens(%q) join to %q", text, got)
			}
		}
		edits := Texts(old, new)
		tiles(t, old, new, edits)
		if utf8.ValidString(old) && utf8.ValidString(new) {
			for _, e := range edits {
				if !utf8.ValidString(e.Text) {
					t.Errorf("Texts(%q, %q) cut a code point: %q", old, new, e.Text)
				}
			}
		}
	})
}
