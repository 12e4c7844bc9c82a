package align

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata")

// TestAlign runs the cases of testdata/align. The first line of a case names the languages;
// one line is one sentence; where a side has empty lines, they part its blocks. A line of want
// is a bead, "doubtful" if it is, and "left-out" or "added".
func TestAlign(t *testing.T) {
	files, err := filepath.Glob("testdata/align/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var s, g string
			fmt.Sscan(string(a.Comment), &s, &g)
			o := Options{Source: language.MustParse(s), Target: language.MustParse(g)}
			o.Lexicon = Default(o.Source, o.Target)
			source, target := readCase(a.Files[0].Data), readCase(a.Files[1].Data)
			beads, err := Align(context.Background(), source, target, o)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for _, b := range beads {
				out.WriteString(show(b))
				if b.Doubtful {
					out.WriteString(" doubtful")
				}
				if id := b.Reasons[0].ID; id == "left-out" || id == "added" {
					out.WriteString(" " + id)
				}
				out.WriteByte('\n')
			}
			if *update {
				a.Files[2].Data = []byte(out.String())
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, want := out.String(), string(a.Files[2].Data); got != want {
				t.Errorf("beads of %s:\n%s\nwant:\n%s", file, got, want)
				for _, b := range beads {
					t.Logf("%s score %.2f margin %.1f %v", show(b), b.Score, b.Margin, b.Reasons)
				}
			}
		})
	}
}

func readCase(data []byte) []Sentence {
	var list []Sentence
	parted := strings.Contains(strings.TrimSpace(string(data)), "\n\n")
	block := 1
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || !parted {
			block++
		}
		if line != "" {
			list = append(list, Sentence{Text: line, Block: block})
		}
	}
	return list
}

// show writes a bead as source and target numbers, "0,1:0".
func show(b Bead) string {
	side := func(r Range) string {
		var f []string
		for i := r.Start; i < r.End; i++ {
			f = append(f, fmt.Sprint(i))
		}
		return strings.Join(f, ",")
	}
	return side(b.Source) + ":" + side(b.Target)
}

func lines(text ...string) []Sentence {
	var list []Sentence
	for i, s := range text {
		list = append(list, Sentence{Text: s, Block: i + 1})
	}
	return list
}

var (
	planSource = lines("本市将修建三条地铁线路。", "工程总投资为450亿元。", "首条线路于2029年通车。", "市民可以提出意见。")
	planTarget = lines("The city will build three metro lines.", "The total investment is 45 billion yuan.",
		"The first line opens to traffic in 2029.", "Citizens may submit opinions.")
	chineseEnglish = Options{Source: language.Chinese, Target: language.English, Lexicon: Default(language.Chinese, language.English)}
)

func TestPins(t *testing.T) {
	test := func(pins []Pin, want string) {
		t.Helper()
		o := chineseEnglish
		o.Pins = pins
		beads, err := Align(context.Background(), planSource, planTarget, o)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range beads {
			s := show(b)
			if b.Margin == Pinned {
				s = "[" + s + "]"
			}
			got = append(got, s)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("Align with pins %v = %s, want %s", pins, g, want)
		}
	}
	test(nil, "0:0 1:1 2:2 3:3")
	test([]Pin{{Range{1, 2}, Range{1, 3}}}, "0:0 [1:1,2] 2,3:3")
	test([]Pin{{Range{2, 4}, Range{3, 4}}, {Range{0, 1}, Range{0, 0}}}, "[0:] 1:0,1,2 [2,3:3]")
	test([]Pin{{Range{0, 1}, Range{2, 3}}, {Range{1, 2}, Range{0, 1}}}, ":0 :1 [0:2] 1: 2: 3:3") // the second crosses
	test([]Pin{{Range{0, 1}, Range{0, 9}}, {Range{2, 2}, Range{1, 1}}}, "0:0 1:1 2:2 3:3")       // outside, and empty
	test([]Pin{{Range{4, 4}, Range{3, 4}}}, "0:0 1:1 2:2 3: [:3]")
}

func TestDeterministic(t *testing.T) {
	first, err := Align(context.Background(), planSource, planTarget, chineseEnglish)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, _ := Align(context.Background(), planSource, planTarget, chineseEnglish)
		if !reflect.DeepEqual(first, again) {
			t.Fatalf("Align differs from run to run:\n%v\n%v", first, again)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := chineseEnglish
	o.Progress = func(done, total int) {
		if done > total || total == 0 {
			t.Errorf("progress %d of %d", done, total)
		}
		cancel()
	}
	if _, err := Align(ctx, planSource, planTarget, o); !errors.Is(err, context.Canceled) {
		t.Errorf("Align after cancel: %v", err)
	}
}

func TestReasons(t *testing.T) {
	test := func(source, target string, want ...string) {
		t.Helper()
		beads, err := Align(context.Background(), lines(source), lines(target), chineseEnglish)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, b := range beads {
			for _, r := range b.Reasons {
				all = append(all, r.String())
			}
		}
		got := strings.Join(all, "; ")
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("reasons of %s / %s = %s, want %s", source, target, got, w)
			}
		}
	}
	test("本市现有图书馆35座。", "The city now has 36 libraries.", "a figure differs: 35, 36", "0 of 2 figures match")
	test("第三条 申请人应当提交材料。", "Article 3 The applicant shall submit materials.", "both are numbered 3")
	test("第三条 申请人应当提交材料。", "Article 4 The applicant shall submit materials.", "numbered 3 and 4")
	test("申请人应当提交材料。", "The applicant shall submit materials, which the office then examines with great care over many months before it says anything whatever.", "times as long as expected")
}
