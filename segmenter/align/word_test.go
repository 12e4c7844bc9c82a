package align

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestTokens(t *testing.T) {
	test := func(base, text, want string) {
		t.Helper()
		var got []string
		for _, x := range newCutter(shelf(Default(language.Chinese, language.English)), base).tokens(text) {
			got = append(got, x.text)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("tokens(%q) = %q, want %q", text, g, want)
		}
	}
	test("zh", "國務院辦公廳關於2.2萬人的通知", "国务院办公厅 关于 #22000 人 通知")
	test("zh", "三十五億元，二〇二六年，一百零五个", "#3500000000 元 #2026 年 #105")
	test("zh", "增长三成。", "增长 #30")
	test("zh", "百姓的十分之一？", "百姓 十分之一 ?")
	test("en", "The agencies investigated 22,000 cases; twenty-one ran.", "agenc investigat #22000 cas #21 run")
	test("en", "3.5 billion yuan, two hundred and five, May 25th", "#3500000000 yuan #205 #25")
	test("en", "“Why?” he said", "\" why ? \" say")
	test("de", "Die Höhe: 8'125 m oder 1.5", "die hohe #8125 m oder #1.5")
	test("fr", "L'été 1 000 élèves", "l ete #1000 eleves")
	test("en", "", "")
}

func TestStemEnglish(t *testing.T) {
	test := func(want string, words ...string) {
		t.Helper()
		for _, w := range words {
			if got := stemEnglish(w); got != want {
				t.Errorf("stemEnglish(%q) = %q, want %q", w, got, want)
			}
		}
	}
	test("investigat", "investigate", "investigated", "investigating")
	test("run", "run", "runs", "running", "ran")
	test("polic", "policy", "policies")
	test("child", "child", "children")
	test("develop", "develop", "development", "developing", "developed")
	test("bus", "bus")
	test("us", "us")
	test("", "")
}

func TestHanNumber(t *testing.T) {
	test := func(text string, want float64, length int) {
		t.Helper()
		if got, n := hanNumber([]rune(text), 0); got != want || n != length {
			t.Errorf("hanNumber(%q) = %v, %d, want %v, %d", text, got, n, want, length)
		}
	}
	test("十", 10, 1)
	test("十二条", 12, 2)
	test("三十", 30, 2)
	test("一百零五", 105, 4)
	test("两千三百万", 23000000, 5)
	test("一亿二千万", 120000000, 5)
	test("一万亿", 1e12, 3)
	test("二〇二六年", 2026, 4)
	test("万里", 0, 0)
	test("百姓", 0, 0)
	test("人", 0, 0)
}

func TestParseLabel(t *testing.T) {
	test := func(text string, want label, rest string) {
		t.Helper()
		if got, r := parseLabel(text); got != want || r != rest {
			t.Errorf("parseLabel(%q) = %v, %q, want %v, %q", text, got, r, want, rest)
		}
	}
	test("第三十五条 申请", label{article, "35"}, " 申请")
	test("第 8-1 條", label{article, "8-1"}, "")
	test("第八条之一", label{article, "8-1"}, "")
	test("第二章　总则", label{chapter, "2"}, " 总则")
	test("Article 8-1 Scope", label{article, "8-1"}, " Scope")
	test("CHAPTER IV Penalties", label{chapter, "4"}, " Penalties")
	test("（十二）办理", label{item, "12"}, "办理")
	test("(c) apply", label{item, "3"}, " apply")
	test("iii) apply", label{item, "3"}, " apply")
	test("三、主要任务", label{item, "3"}, "主要任务")
	test("3. Main tasks", label{item, "3"}, "Main tasks")
	test("2.1 Main tasks", label{item, "2.1"}, "Main tasks")
	test("1956 ) , p. 3", label{}, "1956 ) , p. 3")
	test("A cat sat.", label{}, "A cat sat.")
	test("articles of faith", label{}, "articles of faith")
	test("", label{}, "")
}

func TestReadLexicon(t *testing.T) {
	test := func(text, head, want string) {
		t.Helper()
		l, err := ReadLexicon(strings.NewReader(text))
		if err != nil {
			t.Fatalf("ReadLexicon(%q): %v", text, err)
		}
		var got []string
		for _, s := range l.lookup(head) {
			got = append(got, l.words[s.word])
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("ReadLexicon(%q): %s = %q, want %q", text, head, g, want)
		}
	}
	test("國務院 国务院 [guo2 wu4 yuan4] /State Council (PRC)/\n", "国务院", "state council prc")
	test("國務院 国务院 [guo2 wu4 yuan4] /State Council/\n", "國務院", "state council")
	test("# comment\n\nmaison\thouse; home\r\n", "maison", "house home")
	test("harbour bureau\t港务局\n", "港务局", "harbour bureau")
	test("maison\thouse\nmaison\thome\n", "maison", "house home")

	fails := func(text, want string) {
		t.Helper()
		if _, err := ReadLexicon(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ReadLexicon(%q): %v, want %q", text, err, want)
		}
	}
	fails("a\tb\nno tab here\n", "line 2")
	fails("a\t\n", "line 1")
	fails("\tb\n", "line 1")
}

// TestDictionary gives a user's word to a text that cannot be paired without it.
func TestDictionary(t *testing.T) {
	source, target := lines("Oro binka.", "Ulu tapi."), lines("Green water and old stones.", "A ship.", "Long roads.")
	dictionary, err := ReadLexicon(strings.NewReader("oro\tgreen\nbinka\twater; stones\nulu\tlong\ntapi\troads\n"))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := newAligner(context.Background(), source, target, Options{Source: language.Und, Target: language.English, Dictionary: dictionary})
	if len(a.dictionary) != 5 {
		t.Errorf("dictionary gives %d pairs, want 5", len(a.dictionary))
	}
}

func TestLearn(t *testing.T) {
	pairs := []Pair{
		{"凌云阁开放。", "The Skyreach opens."}, {"凌云阁关闭。", "The Skyreach closes."},
		{"湖边公园开放。", "The lakeside park opens."}, {"湖边公园关闭。", "The lakeside park closes."},
	}
	for _, turn := range []bool{false, true} {
		s, g := language.Chinese, language.English
		list := append([]Pair(nil), pairs...)
		if turn {
			s, g = g, s
			for i, p := range list {
				list[i] = Pair{p.Target, p.Source}
			}
		}
		l := Learn(list, Default(s, g), s, g)
		best, weight := "", float32(0)
		for _, x := range l.lookup("凌云") {
			if x.weight > weight {
				best, weight = l.words[x.word], x.weight
			}
		}
		if best != "skyreach" {
			t.Errorf("Learn: 凌云 is best rendered by %q, want skyreach (turned: %t)", best, turn)
		}
	}
}

func TestDefault(t *testing.T) {
	if _, err := unpackLexicon(cedict, government); err != nil {
		t.Fatal(err)
	}
	l := Default(language.MustParse("en-CA"), language.MustParse("zh-Hant"))
	if l == nil || l != Default(language.Chinese, language.English) {
		t.Fatal("Default: the two directions and scripts must share one lexicon")
	}
	if Default(language.German, language.French) != nil {
		t.Error("Default(de, fr) is not nil")
	}
	if n := len(l.heads); n < 100000 {
		t.Errorf("lexicon has %d headwords", n)
	}
	for _, head := range []string{"国务院", "应当", "规定", "自治区"} {
		if l.lookup(head) == nil {
			t.Errorf("lexicon lacks %s", head)
		}
	}
}
