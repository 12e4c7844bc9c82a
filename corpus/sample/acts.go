package sample

// Act is something that one of the demo's people does with a unit.
type Act struct {
	Document string // name of the target file
	Find     string // words of the unit's machine translation, once in that file
	By       string // translator, translator2 or reviewer
	Verb     string // propose, flag, approve, return, decline or accept
	Text     string // propose: the unit's whole new wording; empty means read, no change
	Category string // flag, and propose where it says what was wrong: a word of the preset
	Severity string // with Category: neutral, minor, major or critical
	Quote    string // flag: the marked words of the unit's machine translation
	Note     string // what the person said; return and decline need it
}

// Acts returns what happens in the demo, in order. It leaves units approved,
// proposed and returned, one proposal declined, and flags open. Approve, return
// and decline answer the unit's one pending proposal; everything else stands by
// itself.
func Acts() []Act {
	var acts []Act
	for _, document := range [][]Act{briefing(), regulation(), notice(), whitepaper(), bulletin()} {
		acts = append(acts, document...)
	}
	return acts
}

func briefing() []Act {
	const (
		document  = "briefing.en.md"
		ships     = "31 ships were inspected"
		cases     = "1,268 cases of various types"
		nails     = "58 hidden fugitives"
		company   = "the company organized"
		clues     = "investigation and investigation of cases"
		rain      = "5% more than the same period in normal years"
		worstCase = "ten defenses and nine empty"
		hotline   = "The 12395 water distress hotline"
	)
	return []Act{
		{Document: document, Find: ships, By: "translator", Verb: "propose",
			Text:     "A total of 286,000 kilometers of river courses were inspected, law enforcement officers were dispatched 94,000 times, and 31,000 ship inspections were carried out.",
			Category: "number-unit", Severity: "critical", Note: "3.1万艘次: the 万 was lost."},
		{Document: document, Find: ships, By: "reviewer", Verb: "approve"},

		{Document: document, Find: cases, By: "translator2", Verb: "propose",
			Text:     "A total of 1,268 cases of illegal sand-related activity were investigated and dealt with, 136 people were referred to judicial organs for prosecution, and fines and confiscations amounted to 120 million yuan.",
			Category: "number-unit", Severity: "critical", Note: "1.2亿元 is 120 million yuan."},

		{Document: document, Find: nails, By: "translator", Verb: "flag", Quote: "58 hidden fugitives",
			Category: "garbled", Severity: "critical", Note: "One sentence in the source: 58 fugitives were caught, among them the sand bosses who hid behind the scenes."},

		{Document: document, Find: company, By: "translator2", Verb: "propose",
			Text:     "At the same time, follow-up inspections were organized to re-examine the closed sand yards one by one and keep them from reopening.",
			Category: "addition", Severity: "major", Note: "No company in the source."},
		{Document: document, Find: company, By: "reviewer", Verb: "return",
			Note: "Good, but say who organized them: the subject is the public security organs of the paragraph before."},

		{Document: document, Find: clues, By: "translator", Verb: "propose",
			Text:     "To address cross-boundary sand mining, a joint law enforcement mechanism was established with the neighboring cities of Qingjie and Wangxi for sharing clues, investigating cases jointly and sharing responsibility.",
			Category: "mistranslation", Severity: "major"},
		{Document: document, Find: clues, By: "reviewer", Verb: "approve"},

		{Document: document, Find: rain, By: "translator", Verb: "propose",
			Text:     "This year's flood season came early and the rain was heavy; the average rainfall in the city in early June was 186 mm, 50% more than in the same period of normal years.",
			Category: "number-unit", Severity: "critical", Note: "五成 is 50 per cent."},
		{Document: document, Find: rain, By: "reviewer", Verb: "approve"},

		{Document: document, Find: worstCase, By: "reviewer", Verb: "flag", Quote: "would rather ten defenses and nine empty, not lose defense in case",
			Category: "garbled", Severity: "critical"},
		{Document: document, Find: worstCase, By: "translator", Verb: "propose",
			Text: "We must plan for the worst case: better to take precautions ten times and need them once than to be caught unprepared a single time."},

		{Document: document, Find: "a four-level responsibility system", By: "translator", Verb: "flag", Quote: "village has been established",
			Category: "omission", Severity: "major", Note: "After this the source has a sentence on 67,000 river patrols and 4,815 problems, which is missing."},
		{Document: document, Find: "river leader system", By: "translator2", Verb: "flag", Quote: "river leader system",
			Category: "inconsistent-term", Severity: "minor", Note: "河长制 is rendered four ways; keep to river chief system."},
		{Document: document, Find: "praised by the international community", By: "translator", Verb: "flag", Quote: "widely praised by the international community",
			Category: "addition", Severity: "major", Note: "Nothing of the kind in the source."},

		{Document: document, Find: hotline, By: "translator2", Verb: "propose"},
		{Document: document, Find: hotline, By: "reviewer", Verb: "approve"},
		{Document: document, Find: "No embankment was breached", By: "reviewer", Verb: "accept"},
		{Document: document, Find: "At 20:00 on June 12", By: "reviewer", Verb: "accept"},
	}
}

func regulation() []Act {
	const (
		document = "regulation.en.md"
		supply   = "a water supply population of more than 1,000 people"
		approval = "Without approval, any unit or individual"
		built    = "Construction projects that have been built"
	)
	return []Act{
		{Document: document, Find: supply, By: "translator2", Verb: "propose",
			Text:     "Centralized water supply refers to a mode of water supply with a daily supply of 1,000 cubic meters or more or with 10,000 or more people supplied.",
			Category: "number-unit", Severity: "critical", Note: "1万人, and 以上 includes the figure."},
		{Document: document, Find: supply, By: "reviewer", Verb: "approve"},

		{Document: document, Find: approval, By: "translator", Verb: "propose",
			Text:     "Without approval, no unit or individual may adjust the scope of a protection area.",
			Category: "mistranslation", Severity: "critical", Note: "不得 became a permission."},
		{Document: document, Find: approval, By: "reviewer", Verb: "approve"},

		{Document: document, Find: "It is not recommended to damage", By: "translator2", Verb: "flag", Quote: "It is not recommended to damage",
			Category: "mistranslation", Severity: "critical", Note: "禁止 is a prohibition, with a fine in article 18."},

		{Document: document, Find: built, By: "translator2", Verb: "propose",
			Text: "Existing projects that discharge pollutants shall be torn down or shut by order of the people's government at or above the county level."},
		{Document: document, Find: built, By: "reviewer", Verb: "decline",
			Note: "The wording as received is correct and follows the statute; no changes of taste here."},

		{Document: document, Find: "the hospital shall order it", By: "translator", Verb: "flag", Quote: "the hospital",
			Category: "addition", Severity: "major"},
	}
}

func notice() []Act {
	const (
		document = "notice.en.md"
		retail   = "32.864 billion yuan"
		report   = "before the 10th of each month"
	)
	return []Act{
		{Document: document, Find: retail, By: "translator", Verb: "propose",
			Text:     "In 2025, total retail sales of consumer goods in the city reached 328.64 billion yuan, a year-on-year increase of 5.8%, 0.7 percentage points above the provincial average.",
			Category: "number-unit", Severity: "critical", Note: "3286.4亿元; and 个百分点."},
		{Document: document, Find: report, By: "translator", Verb: "propose",
			Text:     "The Municipal Bureau of Commerce and the Municipal Bureau of Human Resources and Social Security shall report on progress to the General Office of the Municipal Government before the 10th of each month.",
			Category: "untranslated", Severity: "major", Note: "市政府办公室 was left in Chinese."},
		{Document: document, Find: report, By: "reviewer", Verb: "approve"},
		{Document: document, Find: "March 8, 2026", By: "translator", Verb: "flag", Quote: "March 8",
			Category: "number-unit", Severity: "major", Note: "The source is dated 18 March."},
		{Document: document, Find: "In 2026, we will strive", By: "reviewer", Verb: "accept"},
	}
}

func whitepaper() []Act {
	const document = "whitepaper.en.md"
	return []Act{
		{Document: document, Find: "without going out of the feet", By: "translator2", Verb: "propose",
			Text:     "Without leaving home, people can look up parking spaces, air quality and bus arrival times in their neighborhood.",
			Category: "garbled", Severity: "major"},
		{Document: document, Find: "Ms. Yin Fa's map", By: "translator", Verb: "flag", Quote: "Ms. Yin Fa's map",
			Category: "name-title", Severity: "major", Note: "银发 is silver hair: the Silver Age Map, not a person."},
		{Document: document, Find: "a major data security incident", By: "reviewer", Verb: "accept"},
	}
}

func bulletin() []Act {
	const document = "bulletin.en.txt"
	return []Act{
		{Document: document, Find: "Guarding the green mountains", By: "translator", Verb: "flag", Quote: "Guarding the green mountains is the mountain gold and silver.",
			Category: "needs-source", Severity: "neutral", Note: "A slogan; which one, only the original can tell."},
		{Document: document, Find: "has distributed 860,000 flowers", By: "translator2", Verb: "propose",
			Text:     "A total of 860,000 flowers have been distributed free of charge.",
			Category: "addition", Severity: "major", Note: "No company is spoken of anywhere else."},
	}
}
