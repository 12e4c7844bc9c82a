package segmenter_test

import (
	"fmt"

	"github.com/reviseur/reviseur/segmenter"
	"golang.org/x/text/language"
)

func ExampleProfile_All() {
	p := segmenter.For(language.English)
	for s := range p.All(`Dr. Wu agreed. "It works," she said.`) {
		fmt.Println(s.Start, s.End, s.Rule)
	}
	// Output:
	// 0 14 stop
	// 15 36 block-end
}

func ExampleProfile_Explain() {
	text := "See No. 5 of the U.S. list. It is long."
	for _, c := range segmenter.For(language.English).Explain(text) {
		fmt.Println(c.Pos, c.Break, c.Rule)
	}
	// Output:
	// 7 false abbreviation-number
	// 19 false glued
	// 21 false lower
	// 27 true stop
	// 39 true block-end
}
