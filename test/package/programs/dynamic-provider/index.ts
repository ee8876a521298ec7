import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface NoteArgs {
    readonly title: pulumi.Input<string>;
    readonly owner: pulumi.Input<string>;
}

const keeper: pulumi.dynamic.ResourceProvider = {
    async create(inputs) {
        return { id: `note-${inputs.title.length}`, outs: { ...inputs, number: 7 } };
    },
};

class Note extends pulumi.dynamic.Resource {
    declare public readonly title: pulumi.Output<string>;
    declare public readonly number: pulumi.Output<number>;

    constructor(name: string, args: NoteArgs, opts?: pulumi.CustomResourceOptions) {
        super(keeper, name, { number: undefined, ...args }, opts);
    }
}

class Board extends pulumi.ComponentResource {
    public readonly notes: Note[];

    constructor(name: string, owner: pulumi.Input<string>, opts?: pulumi.ComponentResourceOptions) {
        super("dynamic-provider:index:Board", name, {}, opts);
        this.notes = ["first", "second"].map(
            (title) => new Note(`${name}-${title}`, { title, owner }, { parent: this }),
        );
        this.registerOutputs({ notes: this.notes.map((note) => note.title) });
    }
}

const topic = new aws.sns.Topic("owner");
const board = new Board("board", topic.arn);

export const number = board.notes[0].number.apply((value) => value + 1);
export const titles = pulumi.all(board.notes.map((note) => note.title));
