package layout_test

import (
	"fmt"

	"github.com/reviseur/reviseur/segmenter/layout"
	"github.com/reviseur/reviseur/segmenter/markdown"
)

func ExampleSplice() {
	doc := markdown.Read([]byte("> The *comittee*\r\n> met.\r\n"))
	b := doc.Blocks[0]
	fmt.Println(layout.Show(b.Text))

	edit := layout.Edit{
		Block: 0,
		Span:  layout.Span{End: len(b.Text)},
		Text:  layout.Parse("The ⟨1⟩committee⟨/1⟩ met.", b.Tokens),
	}
	out, changes, err := layout.Splice(doc, []layout.Edit{edit})
	fmt.Printf("%q %v\n", out, err)
	for _, c := range changes {
		fmt.Printf("bytes %d to %d: %s\n", c.Old.Start, c.Old.End, c.New)
	}
	// Output:
	// The ⟨1⟩comittee⟨/1⟩ met.
	// "> The *committee*\r\n> met.\r\n" <nil>
	// bytes 7 to 15: committee
}

func ExampleVerifyEdit() {
	doc := markdown.Read([]byte("An *act* of law.\n"))
	edit := layout.Edit{Block: 0, Span: layout.Span{End: 3}, Text: ""}
	fmt.Println(layout.VerifyEdit(doc, edit))
	// Output:
	// block 1: there is no text left; deleting has to be asked for explicitly
}
