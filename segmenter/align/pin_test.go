package align

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Between the two pins stand sentences that share hardly a word of any dictionary with their
// translations: names written by sound, and an idiom put freely.
var (
	namesSource = lines("市政府召开了会议。",
		"与会者有玛尔塔·齐默尔曼、奥列格·斯捷潘年科、布里奇特·奥沙利文、吉列尔莫·埃切韦里亚、塞西莉娅·帕帕多普洛斯、马塞利努斯·翁武阿奇以及海尔格·索尔瓦尔兹多蒂尔。",
		"众人拾柴火焰高，三个臭皮匠赛过诸葛亮，岂有坐视不管、任其自生自灭、听天由命之理，故而当仁不让、责无旁贷、义不容辞。",
		"会议批准了预算。")
	namesTarget = lines("The city government held a meeting.",
		"Marta Zimmermann, Oleh Stepanenko, Bridget O'Sullivan, Guillermo Echeverría, Cecilia Papadopoulos, Marcellinus Onwuachi and Helga Thorvaldsdottir attended.",
		"Nobody in that room doubted for a single moment that they would have to pitch in together, since leaving things as they stood was simply out of the question.",
		"The meeting approved the budget.")
)

// report is a text of plain pairs, of which every tenth lacks its source or its target. After
// it a sentence without counterpart is nothing unheard of.
func report(n int) (source, target []Sentence) {
	for i := range n {
		if i%10 != 3 {
			source = append(source, Sentence{Text: fmt.Sprintf("第%d号工程由市政府批准，投资为%d亿元。", i+100, i+11)})
		}
		if i%10 != 8 {
			target = append(target, Sentence{Text: fmt.Sprintf("Project no. %d was approved by the city government with an investment of %d00 million yuan.", i+100, i+11)})
		}
	}
	return source, target
}

// TestBetweenPins pins the beads around a stretch of as many sentences on either side: they are
// paired, with a warning, and not called left out and added.
func TestBetweenPins(t *testing.T) {
	source, target := report(60)
	s, g := len(source), len(target)
	source, target = slices.Concat(source, namesSource), slices.Concat(target, namesTarget)
	test := func(from, to int, want string) {
		t.Helper()
		o := chineseEnglish
		o.Pins = []Pin{{Range{s + from, s + from + 1}, Range{g + from, g + from + 1}}, {Range{s + to, s + to + 1}, Range{g + to, g + to + 1}}}
		beads, err := Align(context.Background(), source, target, o)
		if err != nil {
			t.Fatal(err)
		}
		covers(t, beads, len(source), len(target))
		var got []string
		for _, b := range beads {
			if b.Source.Start > s+from && b.Source.End <= s+to && b.Margin != Pinned {
				got = append(got, show(Bead{Source: Range{b.Source.Start - s, b.Source.End - s}, Target: Range{b.Target.Start - g, b.Target.End - g}}))
				if !b.Doubtful {
					t.Errorf("bead %s is not doubtful", show(b))
				}
			}
		}
		if list := strings.Join(got, " "); list != want {
			t.Errorf("between pins %d and %d: %s, want %s", from, to, list, want)
		}
	}
	test(0, 2, "1:1")
	test(1, 3, "2:2")
	test(0, 3, "1:1 2:2")
}

// TestPinsInGoodText pins beads of a text at random and expects that all others stay as they
// are without pins: every stretch of as many sentences on either side is paired one by one.
func TestPinsInGoodText(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 40 {
		n := 2 + r.IntN(30)
		var source, target []Sentence
		for i := range n {
			k := r.IntN(len(goodSource))
			source = append(source, Sentence{Text: fmt.Sprintf(goodSource[k], i+2), Block: i / 3})
			target = append(target, Sentence{Text: fmt.Sprintf(goodTarget[k], i+2), Block: i / 3})
		}
		o := chineseEnglish
		for i := range n {
			if r.IntN(3) == 0 {
				o.Pins = append(o.Pins, Pin{Range{i, i + 1}, Range{i, i + 1}})
			}
		}
		r.Shuffle(len(o.Pins), func(i, j int) { o.Pins[i], o.Pins[j] = o.Pins[j], o.Pins[i] })
		beads, err := Align(context.Background(), source, target, o)
		if err != nil {
			t.Fatal(err)
		}
		covers(t, beads, n, n)
		for _, b := range beads {
			if b.Source != b.Target || b.Source.Len() != 1 {
				t.Errorf("of %d pairs with pins %v: bead %s %v", n, o.Pins, show(b), b.Reasons)
			}
		}
	}
}

var (
	goodSource = []string{"各区应当在%d日内提交报告。", "合计：%d", "否，第%d次", "本市新增公交线路%d条，方便群众出行。", "附件%d", "财政部门负责监督资金的使用，第%d次检查已经完成。"}
	goodTarget = []string{"Each district shall submit its report within %d days.", "Total: %d", "No, time %d", "The city added %d bus routes for the convenience of the public.", "Annex %d",
		"The finance department supervises the use of the funds; check no. %d has been completed."}
)

// TestPinsInAnyOrder gives an added sentence and the pair after it, which begin at the same
// place of the source, in either order.
func TestPinsInAnyOrder(t *testing.T) {
	added, next := Pin{Range{1, 1}, Range{1, 2}}, Pin{Range{1, 2}, Range{2, 3}}
	for _, pins := range [][]Pin{{added, next}, {next, added}} {
		if got := sound(pins, 4, 4); len(got) != 2 || got[0] != added {
			t.Errorf("sound(%v) = %v, want both in order", pins, got)
		}
	}
}
