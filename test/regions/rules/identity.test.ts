import { expect } from "chai";
import { problemsOf } from "../../support/regions/stackConfigs";
import { describeKeys, letters, line } from "../../support/regions/keyRules";

const schedule = "a tag's value: at most 256 letters, digits, spaces and _.:/=+-@, or nothing";
const account = "an AWS account's 12 digits, in quotes";
const role = "arn:aws:iam::111122223333:role/<name>, a role of the stack's account, or nothing";
const zoneId = "a public hosted zone's id: Z and up to 31 capitals and digits, without /hostedzone/";
const domain =
    "a DNS name in lower case with at least two labels, without a final dot, such as shop.example.com";
const tag = "a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@";
const email = "an e-mail address, or nothing";
const regionNames =
    "the key or the AWS region of an entry in regions/catalogue.ts: us, us-east-1, eu, eu-central-1";
const retention =
    "one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, " +
    "3653 (days)";

describe("the rules of whose stack it is", () => {
    describeKeys([
        {
            key: "accountId",
            good: ["000000000000", "999999999999"],
            bad: [
                ["11112222333", account],
                ["1111222233334", account],
                ["11112222333x", account],
                ["", account],
            ],
        },
        {
            key: "deployRoleArn",
            good: [
                "",
                "arn:aws:iam::111122223333:role/deploy",
                `arn:aws:iam::111122223333:role/a/b/${letters(64)}`,
            ],
            bad: [
                ["arn:aws:iam::444455556666:role/deploy", role],
                ["arn:aws:iam::111122223333:user/deploy", role],
                [`arn:aws:iam::111122223333:role/${letters(65)}`, role],
                ["deploy", role],
            ],
        },
        {
            key: "hostedZoneId",
            good: ["Z1", `Z${"A".repeat(31)}`],
            bad: [
                ["", zoneId],
                ["/hostedzone/Z0123", zoneId],
                [`Z${"A".repeat(32)}`, zoneId],
                ["z0123", zoneId],
            ],
        },
        {
            key: "domainName",
            good: ["example.com", "a-b.shop.example.co.uk"],
            bad: [
                ["Shop.example.com", domain],
                ["localhost", domain],
                ["shop.example.com.", domain],
                ["-shop.example.com", domain],
                ["shop_a.example.com", domain],
            ],
        },
        {
            key: "owner",
            good: ["a", `team a_.:/=+-@${letters(241)}`],
            bad: [
                ["", tag],
                ["team (a)", tag],
            ],
        },
        { key: "costCenter", good: ["4711"], bad: [["4711, 4712", tag]] },
        {
            key: "monthlyBudgetUsd",
            good: [1, 10_000_000],
            bad: [
                [0, "1 to 10000000"],
                [10_000_001, "1 to 10000000"],
            ],
        },
        {
            key: "schedule",
            good: ["", "office-hours", letters(256)],
            bad: [
                ["a;b", schedule],
                [letters(257), schedule],
            ],
        },
        {
            key: "alarmEmail",
            good: ["", "on-call+shop@example.co.uk"],
            bad: [
                ["on-call", email],
                ["on-call@example", email],
                ["on call@example.com", email],
                ["a@b@example.com", email],
            ],
        },
        {
            key: "foundingRegion",
            good: ["us", "eu", "us-east-1"],
            bad: [
                ["ap", regionNames + ". Did you mean us?"],
                ["eu-central-2", regionNames + ". Did you mean eu-central-1?"],
                ["somewhere-else", regionNames],
            ],
        },
        {
            key: "primaryRegion",
            good: ["eu", "eu-central-1"],
            bad: [["us-east-9", regionNames + ". Did you mean us-east-1?"]],
        },
        { key: "logRetentionDays", good: [1, 3653], bad: [[364, retention]] },
        {
            key: "logArchiveRetentionDays",
            good: [181, 3653],
            bad: [
                [180, "181 to 3653"],
                [3654, "181 to 3653"],
            ],
        },
    ]);

    describe("the length of the domain", () => {
        // api.us.internal. takes 16 of a common name's 64 characters.
        const name = (length: number): string => `${letters(length - 4)}.com`;

        it("takes what fits every certificate", () => {
            expect(problemsOf({ domainName: name(48) })).to.deep.equal([]);
        });

        it("refuses one character more", () => {
            expect(problemsOf({ domainName: name(49) })).to.deep.equal([
                line(
                    "domainName",
                    name(49),
                    `at most 48 characters, because api.us.internal.${name(49)} must fit a certificate's 64. ` +
                        "Shorten it by 1",
                ),
            ]);
        });
    });
});
