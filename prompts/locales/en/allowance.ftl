# The day's share of the model.

model-share-spent = Today's share of the model is used up, so I go on by my own rules until { $time }{ $day ->
        [tomorrow] {" "}tomorrow
       *[today] {""}
    }. Plain, short sentences help me most.
