package server

import "strconv"

// mapLimit bounds the shapes of a map.
const mapLimit = 240

// mapView is a map of a document: one strip of states, and flags beside it. Its
// height is in units of text.
type mapView struct {
	Height int
	Areas  []mapArea
}

// mapArea is a run of units of one look.
type mapArea struct {
	State    string
	Y, Tall  int
	Flags    bool
	URL      string
	From, To int
}

// showMap draws the map. It is asked for apart from the page, since it alone
// costs in proportion to the document.
func (v *visit) showMap() error {
	strokes, err := v.desk.Outline(v.context(), v.user.ID, v.doc, mapLimit)
	if err != nil {
		return err
	}
	w := viewOf(v.doc, v.c.Request.URL.Query())
	var m mapView
	for _, s := range strokes {
		m.Areas = append(m.Areas, mapArea{State: s.State.String(), Y: s.First - 1, Tall: s.Units, Flags: s.Flags, From: s.First, To: s.First + s.Units - 1,
			URL: w.link("n", strconv.Itoa(s.First))})
		m.Height = s.First - 1 + s.Units
	}
	return v.fragment("workbench.html", "_map.html", m)
}
