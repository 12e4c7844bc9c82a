package server

import (
	"math"
	"strconv"
	"testing"
)

func TestPageOf(t *testing.T) {
	for _, c := range []struct {
		wanted         string
		total          int
		page, from, to int
	}{
		{"", 250, 1, 0, 100},
		{"x", 250, 1, 0, 100},
		{"-3", 250, 1, 0, 100},
		{"2", 250, 2, 100, 200},
		{"3", 250, 3, 200, 250},
		{"4", 250, 3, 200, 250},
		{"2", 200, 2, 100, 200},
		{strconv.Itoa(math.MaxInt/100 + 2), 250, 3, 200, 250}, // times a hundred it is below zero
		{strconv.Itoa(math.MaxInt), 250, 3, 200, 250},
		{"7", 0, 1, 0, 0},
	} {
		if page, from, to := pageOf(c.wanted, c.total, 100); page != c.page || from != c.from || to != c.to {
			t.Errorf("page %q of %d is %d: %d to %d, want %d: %d to %d", c.wanted, c.total, page, from, to, c.page, c.from, c.to)
		}
	}
}
