package layout_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/plain"
)

// Paragraphs of a report, self-written, as a machine renders such things.
const (
	bodyHarbour = "Improve the inspection of the harbour basins, renew the lights of both piers within the year, and settle with the shipping companies who pays for the dredging of the outer channel."
	bodyCouncil = "The district councils have set up joint offices for the repair of roads and bridges, and the work that was put off in the two years of the flood has now begun again in all nine districts."
	bodySchools = "Strictly follow the plan for the renewal of school kitchens, train the cooks in the use of the new ovens, and publish the results of the quarterly inspections on the notice boards."
	bodyQuote   = "According to the head of the office, the number of complaints has gone down by a third since the counters open on Saturdays, and the queues of the past years have all but gone away."
	bodyHafen   = "加强港区巡查，年内更新两座码头的照明设备，与各航运公司商定外航道疏浚费用的分担办法，确保船舶进出港安全有序，并及时公布每月检查结果，接受社会各界监督。"
	bodyZh      = "各区已成立道路桥梁维修联合办公室，因两年水灾而推迟的工程现已在九个区全面恢复，预计明年春天以前完成大部分维修任务，群众出行条件将得到明显改善。"
)

func TestHeadingGuesses(t *testing.T) {
	test := func(name string, want string, paragraphs ...string) {
		t.Helper()
		doc := plain.Read([]byte(strings.Join(paragraphs, "\n\n") + "\n"))
		if got := fmt.Sprint(doc.HeadingGuesses()); got != want {
			t.Errorf("%s: HeadingGuesses = %s, want %s", name, got, want)
		}
	}
	test("nothing", "[]")
	test("orders", "[1 4]",
		bodyQuote, "Spare no effort to keep the harbour open.", bodyCouncil, bodyHarbour,
		"Take good care of the schools.", bodySchools)
	test("a statement before a paragraph without a subject", "[1 3]",
		bodyQuote, "The harbour offices firmly protect the piers.", bodyHarbour, "Build up the roads of the district.", bodyCouncil)
	test("one candidate with one sign", "[]", bodyQuote, "Take good care of the schools.", bodyCouncil, bodyQuote)
	test("one candidate with both", "[1]", bodyQuote, "Take good care of the schools.", bodySchools, bodyCouncil, bodyQuote)
	test("body sentences", "[]",
		bodyQuote, "This is the plan for the harbour.", bodyHarbour, "The mayor agreed to it.", bodySchools,
		"Work began in 2019.", bodyHarbour, "Support for the plan has grown.", bodySchools, "Who pays for it?", bodyHarbour)
	test("short steps, no prose", "[]",
		"Wash the rice.", "Boil two litres of water in a large pot and add the salt.", "Add the rice.", "Remove the pot from the fire after ten minutes.")
	test("the last one", "[]", bodyHarbour, bodyCouncil, bodySchools, "Take good care of the schools.")
	test("Chinese", "[1 3]", bodyZh, "全力保障港口畅通。", bodyHafen, "坚决维护公共安全。", bodyZh)
	test("Chinese body", "[]", bodyZh, "他表示完全同意。", bodyHafen, "会议由市长主持。", bodyZh)
}

// TestHeadingGuessesSeed looks at the text the product was begun for.
func TestHeadingGuessesSeed(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/data/seed/000_5447972c005bbedb.txt")
	if err != nil {
		t.Log("the seed text is not here")
		t.Skip("no development data")
	}
	doc := plain.Read(raw)
	if got := fmt.Sprint(doc.HeadingGuesses()); got != "[3 7 16]" {
		t.Errorf("HeadingGuesses of the seed text = %s, want [3 7 16]", got)
	}
}
