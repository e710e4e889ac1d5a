package jsonform

// policy is the whole file.
type policy struct {
	Policy   string   `json:"policy,omitempty"`
	Game     string   `json:"game,omitempty"`
	By       string   `json:"by,omitempty"`
	Comments []string `json:"comments,omitempty"`
	Network  []unit   `json:"network,omitempty"`
	Keys     []key    `json:"keys,omitempty"`
	Trees    []tree   `json:"trees"`
	End      []string `json:"end_comments,omitempty"`
}

// unit is a line of a scheduler's network: an input has an expression, hidden and
// output have weights.
type unit struct {
	Unit     string    `json:"unit"`
	Input    string    `json:"input,omitempty"`
	Weights  []float64 `json:"weights,omitempty"`
	Comments []string  `json:"comments,omitempty"`
}

type key struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Values   []string `json:"values,omitempty"`
	Default  string   `json:"default,omitempty"`
	Scope    string   `json:"scope,omitempty"`
	Comments []string `json:"comments,omitempty"`
}

type tree struct {
	Name     string      `json:"name"`
	Params   []parameter `json:"parameters,omitempty"`
	Root     *node       `json:"root"`
	Comments []string    `json:"comments,omitempty"`
}

type parameter struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default string `json:"default,omitempty"`
}

// node is one construct. Which fields a kind takes is said by the schema.
type node struct {
	Kind     string   `json:"kind"`
	Name     string   `json:"name,omitempty"`
	Memory   bool     `json:"memory,omitempty"`
	Amount   string   `json:"amount,omitempty"`
	Margin   string   `json:"margin,omitempty"`
	Test     string   `json:"test,omitempty"`
	Score    string   `json:"score,omitempty"`
	Word     string   `json:"word,omitempty"`
	By       string   `json:"by,omitempty"`
	Value    string   `json:"value,omitempty"`
	Args     []string `json:"arguments,omitempty"`
	Children []*node  `json:"children,omitempty"`
	Comments []string `json:"comments,omitempty"`
}
