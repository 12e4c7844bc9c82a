package align_test

import (
	"context"
	"fmt"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/segmenter/align"
)

// The translator made two sentences of the second one.
func ExampleAlign() {
	source := []align.Sentence{
		{Text: "图书馆周一闭馆。"}, {Text: "儿童阅览室在二楼，每天上午九时开放。"}, {Text: "咨询电话：12345。"},
	}
	target := []align.Sentence{
		{Text: "The library is closed on Mondays."}, {Text: "The children's reading room is on the second floor."}, {Text: "It opens at 9 a.m. every day."},
		{Text: "For enquiries, call 12346."},
	}
	beads, err := align.Align(context.Background(), source, target, align.Options{
		Source: language.Chinese, Target: language.English,
		Lexicon: align.Default(language.Chinese, language.English),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range beads {
		fmt.Println(b.Source, b.Target, b.Doubtful, b.Reasons)
	}
	// Output:
	// {0 1} {0 1} false [6 of 6 words match]
	// {1 2} {1 3} true [16 of 18 words match 1 sentences to 2 another pairing is almost as good]
	// {2 3} {3 4} true [0 of 2 figures match a figure differs: 12345, 12346 2 of 6 words match another pairing is almost as good]
}
