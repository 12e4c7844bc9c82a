package server

import (
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

func (s *Server) helpRoutes() []route {
	return []route{
		get("/help", anybody, "", (*visit).showHelp), // every key, and what the words mean
	}
}

// helpPage lists every key, the letters of the flags, the states and the roles.
type helpPage struct {
	basePage
	Groups     []keyGroup
	Categories []categoryRow
	Severities []wordRow
	States     []wordRow
	Roles      []wordRow
}

func (*helpPage) template() string { return "help.html" }

// keyGroup is the keys that count in one context.
type keyGroup struct {
	Where string
	Title string
	Keys  []keyRow
}

// categoryRow is a category of flags with its letter.
type categoryRow struct{ Letter, Word, MQM string }

// wordRow is a word with what it means.
type wordRow struct{ Word, Name, Means string }

func (v *visit) showHelp() error {
	p := &helpPage{basePage: v.newBase(v.t("help.title"), crumb{Name: v.t("help.title")}), Groups: v.keyGroups()}
	for _, c := range corpus.Categories() {
		p.Categories = append(p.Categories, categoryRow{string(c.Key()), v.t("category." + string(c)), c.MQM()})
	}
	for s := corpus.Neutral; s <= corpus.Critical; s++ {
		p.Severities = append(p.Severities, wordRow{s.String(), v.t("severity." + s.String()), v.t("severity-means." + s.String())})
	}
	for _, s := range corpus.States() {
		p.States = append(p.States, wordRow{s.String(), v.t("state." + s.String()), v.t("state-means." + s.String())})
	}
	for _, word := range everyRole.Names() {
		p.Roles = append(p.Roles, wordRow{word, v.t("role." + word), v.t("role-may." + word)})
	}
	return v.show(p)
}

// keyGroups returns the visitor's keys by context, in the order of the table.
func (v *visit) keyGroups() []keyGroup {
	var groups []keyGroup
	for _, row := range keyRows(v) {
		i := len(groups) - 1
		for i >= 0 && groups[i].Where != row.Where {
			i--
		}
		if i < 0 {
			groups = append(groups, keyGroup{Where: row.Where, Title: v.t("keys-in." + row.Where)})
			i = len(groups) - 1
		}
		groups[i].Keys = append(groups[i].Keys, row)
	}
	return groups
}

// Each returns the single keys of a row, as people read them.
func (r keyRow) Each() []string {
	var list []string
	for _, k := range strings.Fields(r.Keys) {
		list = append(list, keyNames.Replace(k))
	}
	return list
}
