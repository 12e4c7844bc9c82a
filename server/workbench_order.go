package server

import (
	"strconv"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// orderWord names an order in messages.
func orderWord(o corpus.Order) string {
	if o == corpus.InReading {
		return "reading"
	}
	return string(o)
}

// place is where a list goes on behind or in front of a unit, as an address
// carries it: its position, or in an order by risk its rank.
func (w view) place(u corpus.Unit) string {
	if w.Order == corpus.InReading {
		return strconv.FormatInt(u.Position, 10)
	}
	rank := corpus.RankOf(w.Order, u)
	return strconv.FormatFloat(rank.Value, 'g', -1, 64) + ":" + strconv.FormatInt(rank.Position, 10)
}

// rankIn reads a rank that place wrote; what is none is the beginning.
func rankIn(s string) *corpus.Rank {
	value, position, ok := strings.Cut(s, ":")
	if !ok {
		return nil
	}
	var r corpus.Rank
	var err error
	if r.Value, err = strconv.ParseFloat(value, 64); err != nil {
		return nil
	}
	if r.Position, err = strconv.ParseInt(position, 10, 64); err != nil {
		return nil
	}
	return &r
}
