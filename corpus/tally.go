package corpus

// Tally counts what people decided on the findings of one check.
type Tally struct {
	Confirmed int // made flags
	Taken     int // whose replacement, or one just like it, was proposed
	Dismissed int
}

// Decided returns on how many findings people decided.
func (t Tally) Decided() int { return t.Confirmed + t.Taken + t.Dismissed }

// Right returns the share of the decided findings that people agreed with; it
// is 0 where none was decided.
func (t Tally) Right() float64 {
	if t.Decided() == 0 {
		return 0
	}
	return float64(t.Confirmed+t.Taken) / float64(t.Decided())
}

// Doubtful reports whether the check deserves to be lowered or switched off:
// after 30 decisions people agreed with less than half.
func (t Tally) Doubtful() bool { return t.Decided() >= 30 && t.Right() < 0.5 }

// Taken says that somebody's wording has what a check proposed.
type Taken struct {
	Project ProjectID
	Unit    UnitID
	Check   string
	Act     EventID
}
