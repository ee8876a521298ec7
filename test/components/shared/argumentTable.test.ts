import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import {
    allOf,
    alsoWhere,
    atMost,
    byDefault,
    flagWhere,
    input,
    judgedLater,
    judgedWhile,
    leftOutWhile,
    list,
    logRetention,
    map,
    number,
    numberIn,
    numberOf,
    object,
    once,
    oneOf,
    port,
    required,
    requiredWhile,
    secret,
    text,
    textOf,
    textWhere,
    unless,
    wholeNumber,
} from "../../../components/shared/argumentRules";
import {
    type ArgumentTable,
    checkArguments,
    type Given,
    withSecrets,
} from "../../../components/shared/argumentTable";
import { Exposure } from "../../../components/shared/exposure";
import { RegionalWebAcl } from "../../../components/security/regionalWebAcl";
import { SecureBucket } from "../../../components/security/secureBucket";
import { Problems, show } from "../../../components/shared/validation";
import { at, one, previewProgram, testProvider } from "../../support/preview";
import { refusal } from "../../support/surroundings";
import { LOG_KEY } from "../../support/components/tierArguments";

interface Login {
    user: string;
    password: pulumi.Input<string>;
}

interface Args {
    name: string;
    exposure?: Exposure;
    size?: number;
    password?: pulumi.Input<string>;
    logins?: Login[];
    byName?: Record<string, pulumi.Input<string>>;
    primary?: pulumi.Input<Login>;
}

const LOGIN: ArgumentTable<Login> = { user: required(text()), password: required(secret(input(text()))) };

const TABLE: ArgumentTable<Args> = {
    name: required(text("a name")),
    exposure: oneOf(Exposure),
    size: number(),
    password: secret(input(text("a password"))),
    logins: list(object(LOGIN)),
    byName: map(input(text())),
    primary: input(object(LOGIN)),
};

/** What the table has to say, one line per problem. */
function problemsOf(given: unknown): string[] {
    const problems = new Problems("test:index:Thing", "thing");
    checkArguments(problems, given as Args, TABLE);
    try {
        problems.throwIfAny();
    } catch (error) {
        return (error as Error).message
            .split("\n")
            .slice(1)
            .map((line) => line.replace("  - ", ""));
    }
    return [];
}

describe("the table of a component's arguments", () => {
    it("names every problem at once, by its path", () => {
        expect(
            problemsOf({
                name: null,
                exposur: "Internet",
                exposure: "World",
                size: "3",
                logins: [{ user: "ann", password: "a" }, { usr: "bob", password: 7 }, null],
                byName: { a: "b", "c d": [] },
            }),
        ).to.deep.equal([
            'exposur is "given"; allowed: nothing, because there is no such argument. Did you mean exposure?',
            "name is null; allowed: a name",
            'exposure is "World"; allowed: CloudFront, Internet, Internal',
            'size is "3"; allowed: a number',
            'logins[1].usr is "given"; allowed: one of user, password. Did you mean user?',
            'logins[1].password is "a secret of another form"; allowed: a text',
            "logins[1].user is not given; allowed: a text",
            "logins[2] is null; allowed: an object with user, password",
            'byName["c d"] is []; allowed: a text',
        ]);
    });

    it("shows no secret, whatever it was given as", () => {
        for (const password of [7, ["hunter2"], { a: "hunter2" }]) {
            expect(problemsOf({ name: "a", password })).to.deep.equal([
                'password is "a secret of another form"; allowed: a password',
            ]);
        }
    });

    it("leaves what was refused out of later checks, and so says each thing once", () => {
        const problems = new Problems("test:index:Thing", "thing");
        const args = checkArguments(problems, { name: 7, logins: [{}] } as unknown as Args, TABLE);
        expect(args).to.deep.equal({ name: "", logins: [{ user: "", password: "" }] });
        problems.add("name", args.name, "more than that");
        problems.add("logins[0].user", "", "more than that");
        problems.add("names", 1, "a path that merely begins like it");
        expect(() => {
            problems.throwIfAny();
        }).to.throw(/has 4 problems[^]*names is 1; allowed: a path that merely begins like it$/);
    });

    it("keeps the order in which arguments were given", () => {
        const problems = new Problems("test:index:Thing", "thing");
        const args = checkArguments(problems, { size: 1, exposure: Exposure.Internal, name: "a" }, TABLE);
        expect(Object.keys(args)).to.deep.equal(["size", "exposure", "name"]);
    });

    it("takes outputs and promises for inputs alone", () => {
        const later = pulumi.output("x");
        expect(problemsOf({ name: "a", password: later, byName: { a: Promise.resolve("x") } })).to.deep.equal(
            [],
        );
        expect(problemsOf({ name: later, exposure: Promise.resolve("Internet") })).to.deep.equal([
            'name is "an output"; allowed: a name. Give the value itself, not an output: what is made depends on it',
            'exposure is "an output"; allowed: CloudFront, Internet, Internal. Give the value itself, not an output: what is made depends on it',
        ]);
    });

    it("marks secrets wherever they are, and nothing else", async () => {
        const marked = withSecrets<Args>(
            {
                name: "a",
                password: "b",
                logins: [{ user: "c", password: "d" }],
                byName: { e: "f" },
                primary: pulumi.output({ user: "g", password: "h" }),
            },
            TABLE,
        );
        expect(marked.name).to.equal("a");
        expect(marked.byName).to.deep.equal({ e: "f" });
        const [login] = marked.logins ?? [];
        expect(login?.user).to.equal("c");
        for (const value of [marked.password, login?.password, marked.primary]) {
            expect(await pulumi.isSecret(value as pulumi.Output<unknown>)).to.equal(true);
        }
    });
});

describe("a table of arguments that depend on each other", () => {
    interface Shelf {
        width: number;
        books?: { title: string; width: number }[];
    }

    interface Conditional {
        mode?: string;
        secretWord?: pulumi.Input<string>;
        names?: string[];
        shelves?: Shelf[];
        days?: number;
        open?: boolean;
    }

    const isStrict = (args: Given): boolean => args.mode === "strict";
    const RULES: ArgumentTable<Conditional> = {
        mode: text(),
        secretWord: leftOutWhile(
            (args) => args.mode === "open",
            ({ mode }) => ({ allowed: `nothing while mode is ${textOf(mode)}`, shown: "given" }),
            requiredWhile(
                isStrict,
                { allowed: "a word while mode is strict" },
                secret(input(text("a word"))),
            ),
        ),
        names: judgedWhile(
            isStrict,
            list(textWhere((name, _, { before }) => !before.includes(name), "a name, each once")),
        ),
        shelves: list(
            object<Shelf>({
                width: required(numberIn({ min: 1, max: 9 })),
                books: list(
                    object<{ title: string; width: number }>({
                        title: required(text()),
                        width: required(
                            numberIn((_, { outer }) => ({
                                min: 1,
                                max: Number(outer?.within.width),
                                step: 1,
                            })),
                        ),
                    }),
                ),
            }),
        ),
        days: logRetention(),
        open: flagWhere((open, args) => !(open && isStrict(args)), "false while mode is strict", {
            remedy: "Close it",
        }),
    };

    function saidOf(given: Conditional): string[] {
        const problems = new Problems("test:index:Thing", "thing");
        checkArguments(problems, given, RULES);
        try {
            problems.throwIfAny();
        } catch (error) {
            return (error as Error).message
                .split("\n")
                .slice(1)
                .map((line) => line.replace("  - ", ""));
        }
        return [];
    }

    it("demands and refuses an argument by the others, now or later known", () => {
        expect(saidOf({})).to.deep.equal([]);
        expect(saidOf({ mode: "strict" })).to.deep.equal([
            "secretWord is not given; allowed: a word while mode is strict",
        ]);
        expect(saidOf({ mode: "strict", secretWord: pulumi.output("word") })).to.deep.equal([]);
        for (const secretWord of ["word", pulumi.output("word")]) {
            expect(saidOf({ mode: "open", secretWord })).to.deep.equal([
                'secretWord is "given"; allowed: nothing while mode is open',
            ]);
        }
    });

    it("judges items by those before them, while the condition holds", () => {
        const names = ["a", "b", "a"];
        expect(saidOf({ names })).to.deep.equal([]);
        expect(saidOf({ mode: "strict", secretWord: "word", names })).to.deep.equal([
            'names[2] is "a"; allowed: a name, each once',
        ]);
    });

    it("judges what is deep by what stands around it, at both ends of a range", () => {
        const shelf = (width: number, book: number): Conditional => ({
            shelves: [{ width, books: [{ title: "one", width: book }] }],
        });
        for (const [width, book] of [
            [1, 1],
            [9, 9],
        ] as const) {
            expect(saidOf(shelf(width, book))).to.deep.equal([]);
        }
        expect(saidOf(shelf(5, 6))).to.deep.equal([
            "shelves[0].books[0].width is 6; allowed: a number from 1 to 5 in steps of 1",
        ]);
        expect(saidOf(shelf(5, 1.5))).to.have.length(1);
        for (const width of [0.9, 9.1]) {
            expect(saidOf(shelf(width, 0))).to.include(
                `shelves[0].width is ${width}; allowed: a number from 1 to 9`,
            );
        }
    });

    it("tells another kind from another value, and says what to change", () => {
        expect(saidOf({ days: "7" as unknown as number })).to.deep.equal(['days is "7"; allowed: a number']);
        expect(saidOf({ days: 8 })[0]).to.match(/^days is 8; allowed: one of 1, 3, 5, 7, .* \(days\)$/);
        expect(saidOf({ mode: "strict", secretWord: "word", open: true })).to.deep.equal([
            "open is true; allowed: false while mode is strict. Close it",
        ]);
    });
});

describe("a table that says more than one thing of a value", () => {
    interface Plan {
        days?: number;
        weeks?: number;
        port?: number;
        names?: pulumi.Input<string>[];
        labels?: Record<string, string>;
    }

    const daysOf = ({ days }: Given): number => numberOf(days, 35);
    const PLAN: ArgumentTable<Plan> = {
        days: wholeNumber({ min: 1, max: 100 }, "1 to 100 days"),
        weeks: byDefault(
            90,
            wholeNumber(
                (args) => ({ min: daysOf(args), max: 365 }),
                (args) => `${daysOf(args)} to 365 days`,
            ),
        ),
        port: alsoWhere((value) => value !== 80, "another port than 80", port("a TCP port")),
        names: {
            ...list(
                judgedLater(
                    input(
                        once(
                            text(
                                "a name",
                                allOf(
                                    unless((name) => String(name).length < 4, "3 letters at most"),
                                    unless((name) => String(name).startsWith("a"), "a first", {
                                        remedy: "Begin with a",
                                    }),
                                ),
                            ),
                            "each name once",
                        ),
                    ),
                ),
                "a list of names",
                atMost(3, "3 names at most"),
            ),
            judgeTogether: unless(
                (names) => (names as string[]).join("").length <= 8,
                "8 letters altogether",
            ),
        },
        labels: map(text(), "labels", (value) =>
            "owner" in (value as object) ? { at: ".owner", shown: "taken", allowed: "nothing" } : undefined,
        ),
    };

    function planned(given: Plan): { said: string[]; read: Plan } {
        const problems = new Problems("test:index:Plan", "plan");
        const read = checkArguments(problems, given, PLAN);
        return { said: linesOf(problems), read };
    }

    function linesOf(problems: Problems): string[] {
        try {
            problems.throwIfAny();
        } catch (error) {
            return (error as Error).message
                .split("\n")
                .slice(1)
                .map((line) => line.replace("  - ", ""));
        }
        return [];
    }

    it("judges what holds where an argument is left out, and leaves it out", () => {
        expect(planned({}).said).to.deep.equal([]);
        expect(planned({}).read).to.deep.equal({});
        expect(planned({ days: 90 }).said).to.deep.equal([]);
        expect(planned({ days: 91 }).said).to.deep.equal(["weeks is 90; allowed: 91 to 365 days"]);
        expect(planned({ days: 91, weeks: 91 }).said).to.deep.equal([]);
        expect(planned({ days: 1.5 }).said).to.deep.equal(["days is 1.5; allowed: 1 to 100 days"]);
    });

    it("looks at a relation where the value by itself is right", () => {
        expect(planned({ port: 80 }).said).to.deep.equal(["port is 80; allowed: another port than 80"]);
        expect(planned({ port: 0 }).said).to.deep.equal(["port is 0; allowed: a TCP port"]);
        expect(planned({ port: 65535 }).said).to.deep.equal([]);
    });

    it("says each thing that is wrong, where it is wrong", () => {
        expect(planned({ names: ["bcde", "ab", "ab"] }).said).to.deep.equal([
            'names[0] is "bcde"; allowed: 3 letters at most',
            'names[0] is "bcde"; allowed: a first. Begin with a',
            'names[2] is "ab"; allowed: each name once',
        ]);
        expect(planned({ names: ["a", "ab", "ac", "ad"] }).said).to.deep.equal([
            "names is 4; allowed: 3 names at most",
        ]);
        expect(planned({ labels: { owner: "me" } }).said).to.deep.equal([
            'labels.owner is "taken"; allowed: nothing',
        ]);
    });

    it("judges items together, and each by itself, when the last of them is known", async () => {
        expect(planned({ names: ["abc", "ade", "afg"] }).said).to.deep.equal([
            'names is ["abc","ade","afg"]; allowed: 8 letters altogether',
        ]);
        // Two known at once and one later: what waits is the last of them.
        const lastOf = async (...names: [string, string, string]): Promise<unknown> => {
            const [first, second, third] = names;
            const { said, read } = planned({ names: [first, second, Promise.resolve(third)] });
            expect(said).to.deep.equal([]);
            expect(read.names?.slice(0, 2)).to.deep.equal([first, second]);
            return (read.names?.[2] as unknown as { promise(): Promise<unknown> })
                .promise()
                .catch((error: unknown) => (error as Error).message);
        };
        expect(await lastOf("abc", "ade", "af")).to.equal("af");
        expect(await lastOf("abc", "ade", "afg")).to.contain("allowed: 8 letters altogether");
        expect(await lastOf("ab", "ac", "b")).to.contain('names[2] is "b"; allowed: a first. Begin with a');
    });
});

describe("a value in an error", () => {
    it("is JSON, or what it is where JSON has no form for it", () => {
        const circle: Record<string, unknown> = {};
        circle.self = circle;
        for (const [value, text] of [
            [undefined, "not given"],
            [null, "null"],
            ["a", '"a"'],
            [Number.NaN, "NaN"],
            [7n, "7"],
            [() => 7, "a function"],
            [Symbol("x"), "a symbol"],
            [circle, "an object that is no plain data"],
            [{ a: pulumi.output(1) }, '{"a":"an output"}'],
        ] as const) {
            expect(show(value)).to.equal(text);
        }
    });
});

describe("the components that programs in other languages do not reach", () => {
    const options = () => ({ providers: [testProvider()] });

    it("are checked in the same way", async () => {
        const bucket = { region: "eu-central-1", accountId: "111122223333" };
        expect(
            await refusal(
                () => new SecureBucket("shop", { ...bucket, versionin: true, tags: [] } as never, options()),
            ),
        ).to.contain("Did you mean versioning?");
        const acl = {
            region: "eu-central-1",
            loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/1",
            logRetentionDays: 365,
            kmsKeyArn: LOG_KEY,
        };
        for (const exposure of [undefined, "internet"]) {
            expect(
                await refusal(() => new RegionalWebAcl("shop", { ...acl, exposure } as never, options())),
            ).to.contain("allowed: CloudFront, Internet, Internal");
        }
    });

    it("register what they were given", async () => {
        const preview = await previewProgram(
            () => new SecureBucket("shop", { region: "eu-central-1", accountId: "111122223333" }, options()),
        );
        expect(at(one(preview, "meridian:index:SecureBucket").inputs, "region")).to.equal("eu-central-1");
    });
});
