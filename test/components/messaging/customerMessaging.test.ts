import { expect } from "chai";

import { CustomerMessaging, type CustomerMessagingArgs, DmarcPolicy } from "../../../components";
import { pathsOf, problemsIn } from "../../support/components/problems";
import { goodMessaging, MESSAGING_KEY, MESSAGING_TOPIC } from "../../support/components/messagingArguments";
import { at, json, ofType, one, previewProgram, TEST_ACCOUNT, TEST_REGION } from "../../support/preview";
import { inTestAccount, statements } from "../../support/surroundings";

const RECORD = "aws:route53/record:Record";
const TEMPLATE = "aws:ses/template:Template";
const SCHEDULE = "aws:scheduler/schedule:Schedule";
const CONTACTS = "aws:sesv2/contactList:ContactList";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

function make(changes: Partial<CustomerMessagingArgs> = {}, name = "shop-mail") {
    return previewProgram(() => {
        const mail = new CustomerMessaging(name, { ...goodMessaging, ...changes }, inTestAccount());
        const { identityArn, configurationSetName, contactListName, templateNames, sendRequests } = mail;
        const { sendPermissions, contactPermissions, schedulePermissions } = mail;
        const { scheduleGroupName, scheduleRoleArn, scheduleTargetArn, scheduleFailureQueueArn } = mail;
        return {
            ...{ identityArn, configurationSetName, contactListName, templateNames, sendRequests },
            ...{ sendPermissions, contactPermissions, schedulePermissions },
            ...{ scheduleGroupName, scheduleRoleArn, scheduleTargetArn, scheduleFailureQueueArn },
        };
    });
}

async function problemsOf(changes: object, name?: string): Promise<string[]> {
    return pathsOf(problemsIn(await make(changes, name)));
}

async function record(kind: string, changes: Partial<CustomerMessagingArgs> = {}) {
    const { inputs } = one(await make(changes), RECORD, `shop-mail-${kind}`);
    return { type: inputs.type, name: inputs.name, records: inputs.records };
}

describe("CustomerMessaging", () => {
    it("signs with the three keys that SES keeps for the domain", async () => {
        const preview = await make();
        const identity = one(preview, "aws:sesv2/emailIdentity:EmailIdentity");
        expect(identity.inputs).to.deep.include({
            emailIdentity: "shop.example.com",
            configurationSetName: "shop-mail",
        });
        const tokens = at(identity.outputs, "dkimSigningAttributes.tokens") as string[];
        const names = ofType(preview, RECORD)
            .filter(({ inputs }) => inputs.type === "CNAME")
            .map(({ inputs }) => [inputs.name, inputs.records]);
        expect(new Set(tokens)).to.have.property("size", 3);
        expect(names).to.have.deep.members(
            tokens.map((token) => [`${token}._domainkey.shop.example.com`, [`${token}.dkim.amazonses.com`]]),
        );
        const milan = await previewProgram(() => {
            const region = "eu-south-1";
            const kmsKeyArn = MESSAGING_KEY.replace(TEST_REGION, region);
            new CustomerMessaging("shop-mail", { ...goodMessaging, region, kmsKeyArn }, inTestAccount());
        });
        expect(at(one(milan, RECORD, "shop-mail-dkim-1").inputs, "records[0]")).to.match(
            /\.dkim\.eu-south-1\.amazonses\.com$/,
        );
    });

    it("has mail come back under the domain, by a name of each region's own", async () => {
        expect(await record("mail-from-mx")).to.deep.equal({
            type: "MX",
            name: "mail-eu-central-1.shop.example.com",
            records: ["10 feedback-smtp.eu-central-1.amazonses.com"],
        });
        expect(await record("mail-from-spf", { mailFromSubdomain: "returns" })).to.deep.equal({
            type: "TXT",
            name: "returns.shop.example.com",
            records: ["v=spf1 include:amazonses.com ~all"],
        });
        const preview = await make();
        const attributes = one(
            preview,
            "aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes",
        );
        expect(attributes.inputs.mailFromDomain).to.equal("mail-eu-central-1.shop.example.com");
        for (const kind of ["mx", "spf"]) {
            expect(attributes.dependencies).to.include(
                one(preview, RECORD, `shop-mail-mail-from-${kind}`).urn,
            );
        }
    });

    it("tells receivers what to do with what is not signed, in one region alone", async () => {
        expect(await record("dmarc")).to.deep.equal({
            type: "TXT",
            name: "_dmarc.shop.example.com",
            records: ["v=DMARC1; p=quarantine"],
        });
        const strict = {
            dmarcPolicy: DmarcPolicy.Reject,
            dmarcReportAddress: "dmarc@example.com",
        };
        expect((await record("dmarc", strict)).records).to.deep.equal([
            "v=DMARC1; p=reject; rua=mailto:dmarc@example.com",
        ]);
        const elsewhere = await make({ createDmarcRecord: false });
        expect(ofType(elsewhere, RECORD).map(({ name }) => name)).to.not.include("shop-mail-dmarc");
    });

    it("sends over TLS or not at all, and nothing more to who bounced or complained", async () => {
        const preview = await make();
        expect(one(preview, "aws:sesv2/configurationSet:ConfigurationSet").inputs).to.deep.include({
            configurationSetName: "shop-mail",
            deliveryOptions: { tlsPolicy: "REQUIRE" },
            reputationOptions: { reputationMetricsEnabled: true },
            suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
        });
        const { inputs } = one(
            preview,
            "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination",
        );
        expect(at(inputs, "eventDestination.eventBridgeDestination.eventBusArn")).to.equal(
            `arn:aws:events:${TEST_REGION}:${TEST_ACCOUNT}:event-bus/default`,
        );
        // Nobody's reading is watched.
        expect(at(inputs, "eventDestination.matchingEventTypes")).to.have.members([
            "BOUNCE",
            "COMPLAINT",
            "DELIVERY",
            "DELIVERY_DELAY",
            "REJECT",
            "RENDERING_FAILURE",
            "SEND",
            "SUBSCRIPTION",
        ]);
    });

    it("has texts of its own for each message, and takes others", async () => {
        const preview = await make({ templates: { welcome: { subject: "Willkommen" } } });
        const welcome = one(preview, TEMPLATE, "shop-mail-welcome").inputs;
        expect(welcome.subject).to.equal("Willkommen");
        expect(welcome.text).to.include("Hello {{name}}");
        for (const { inputs, name } of ofType(preview, TEMPLATE)) {
            // What a template asks for in one form, it asks for in the other.
            const asked = (text: unknown) =>
                new Set([...String(text).matchAll(/\{\{#?([\w. ]+)\}\}/g)].map(([, word]) => word));
            const inHtml = asked(inputs.html);
            for (const word of asked(inputs.text)) {
                expect(inHtml.has(word), `${name}: ${word}`).to.equal(true);
            }
        }
        for (const message of ["abandoned-cart", "recommendation"]) {
            const { inputs } = one(preview, TEMPLATE, `shop-mail-${message}`);
            expect(inputs.text).to.include("{{amazonSESUnsubscribeUrl}}");
            expect(inputs.html).to.include("{{amazonSESUnsubscribeUrl}}");
        }
    });

    it("knows who asked for what, and takes nobody for having asked", async () => {
        const preview = await make();
        const contacts = one(preview, CONTACTS);
        expect(contacts.inputs.contactListName).to.equal("shop-mail");
        expect(contacts.protect).to.equal(true);
        expect(
            (contacts.inputs.topics as Record<string, unknown>[]).map((topic) => [
                topic.topicName,
                topic.defaultSubscriptionStatus,
            ]),
        ).to.deep.equal([
            ["abandoned-cart", "OPT_OUT"],
            ["recommendations", "OPT_OUT"],
        ]);
        const shared = await make({ contactListName: "everybody" });
        expect(ofType(shared, CONTACTS)).to.deep.equal([]);
        expect(shared.outputs.contactListName).to.equal("everybody");
    });

    it("gives out requests to SES that lack nothing but the recipient and what the template asks for", async () => {
        const preview = await make({ senderName: "The Shop", replyToAddress: "help@example.com" });
        const requests = preview.outputs.sendRequests as Record<string, string>;
        const names = preview.outputs.templateNames as Record<string, string>;
        const common = {
            FromEmailAddress: '"The Shop" <hello@shop.example.com>',
            ReplyToAddresses: ["help@example.com"],
            ConfigurationSetName: "shop-mail",
        };
        expect(json(requests.welcome)).to.deep.equal({
            ...common,
            Content: { Template: { TemplateName: names.welcome } },
        });
        expect(json(requests.abandonedCart)).to.deep.equal({
            ...common,
            Content: { Template: { TemplateName: names.abandonedCart } },
            ListManagementOptions: { ContactListName: "shop-mail", TopicName: "abandoned-cart" },
        });
        expect(json(requests.recommendation)).to.deep.nested.include({
            "ListManagementOptions.TopicName": "recommendations",
        });
    });

    it("lets roles send these messages from this address, and nothing else", async () => {
        const { outputs } = await make();
        const [permission] = outputs.sendPermissions as Record<string, unknown>[];
        expect(permission).to.deep.include({
            actions: ["ses:SendEmail", "ses:SendTemplatedEmail"],
            conditions: [
                { operator: "StringEquals", key: "ses:FromAddress", values: ["hello@shop.example.com"] },
            ],
        });
        expect(permission?.resources).to.not.include("*");
        expect(permission?.resources).to.include.members([
            outputs.identityArn,
            `arn:aws:ses:${TEST_REGION}:${TEST_ACCOUNT}:configuration-set/shop-mail`,
        ]);
    });

    it("has schedules of its group send by themselves, under its key, and no others", async () => {
        const preview = await make();
        const { outputs } = preview;
        const role = one(preview, "aws:iam/role:Role");
        const group = one(preview, "aws:scheduler/scheduleGroup:ScheduleGroup");
        expect(statements(role, "assumeRolePolicy").SchedulerAssumesRole?.Condition).to.deep.equal({
            StringEquals: { "aws:SourceAccount": TEST_ACCOUNT },
            ArnEquals: { "aws:SourceArn": group.outputs.arn },
        });
        const policy = statements(one(preview, "aws:iam/rolePolicy:RolePolicy"));
        expect(Object.keys(policy)).to.deep.equal(["KeepFailures", "ReadSchedules", "SendMessages"]);
        expect(policy.KeepFailures?.Resource).to.equal(outputs.scheduleFailureQueueArn);
        expect(outputs.scheduleTargetArn).to.equal("arn:aws:scheduler:::aws-sdk:sesv2:sendEmail");
        const [schedule, pass] = outputs.schedulePermissions as Record<string, unknown>[];
        expect(schedule?.resources).to.deep.equal([
            `arn:aws:scheduler:${TEST_REGION}:${TEST_ACCOUNT}:schedule/${String(outputs.scheduleGroupName)}/*`,
        ]);
        expect(pass).to.deep.include({
            actions: ["iam:PassRole"],
            resources: [outputs.scheduleRoleArn],
            conditions: [
                {
                    operator: "StringEquals",
                    key: "iam:PassedToService",
                    values: ["scheduler.amazonaws.com"],
                },
            ],
        });
    });

    it("calls every week whoever finds out what to recommend, and keeps what failed", async () => {
        expect(ofType(await make(), SCHEDULE)).to.deep.equal([]);
        const calls: [string, string][] = [
            [`arn:aws:lambda:${TEST_REGION}:${TEST_ACCOUNT}:function:recommend`, "lambda:InvokeFunction"],
            [`arn:aws:states:${TEST_REGION}:${TEST_ACCOUNT}:stateMachine:rec`, "states:StartExecution"],
            [`arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:recommend`, "sqs:SendMessage"],
        ];
        for (const [targetArn, action] of calls) {
            const preview = await make({ recommendations: { targetArn, timeZone: "Europe/Berlin" } });
            const { inputs, dependencies } = one(preview, SCHEDULE);
            expect(inputs).to.deep.include({
                scheduleExpression: "cron(0 9 ? * MON *)",
                scheduleExpressionTimezone: "Europe/Berlin",
                groupName: preview.outputs.scheduleGroupName,
                kmsKeyArn: MESSAGING_KEY,
            });
            expect(at(inputs, "target.deadLetterConfig.arn")).to.equal(
                preview.outputs.scheduleFailureQueueArn,
            );
            const policy = one(preview, "aws:iam/rolePolicy:RolePolicy");
            expect(statements(policy).CallRecommender).to.deep.include({
                Action: [action],
                Resource: [targetArn],
            });
            expect(dependencies).to.include(policy.urn);
            expect(statements(policy)).to.not.have.property("EncryptForRecommender");
        }
    });

    it("may encrypt for a queue under the account's own key, by way of SQS alone", async () => {
        const preview = await make({
            recommendations: {
                targetArn: `arn:aws:sqs:${TEST_REGION}:${TEST_ACCOUNT}:recommend`,
                targetKmsKeyArn: MESSAGING_KEY,
            },
        });
        const policy = one(preview, "aws:iam/rolePolicy:RolePolicy");
        expect(statements(policy).EncryptForRecommender).to.deep.include({
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: [MESSAGING_KEY],
            Condition: { StringEquals: { "kms:ViaService": [`sqs.${TEST_REGION}.amazonaws.com`] } },
        });
    });

    it("rings before SES stops the account, and for what was not sent; without topics not at all", async () => {
        expect(ofType(await make(), ALARM)).to.deep.equal([]);
        const preview = await make({ alarmTopicArns: [MESSAGING_TOPIC] });
        expect(
            ofType(preview, ALARM).map(({ inputs }) => [inputs.metricName, inputs.threshold]),
        ).to.have.deep.members([
            ["Reputation.BounceRate", 0.04],
            ["Reputation.ComplaintRate", 0.0008],
            ["MatchedEvents", 0],
            ["ApproximateNumberOfMessagesVisible", 0],
        ]);
        const rule = one(preview, "aws:cloudwatch/eventRule:EventRule");
        expect(json(rule.inputs.eventPattern)).to.deep.equal({
            source: ["aws.ses"],
            "detail-type": ["Email Rejected", "Email Rendering Failed"],
            detail: { mail: { tags: { "ses:configuration-set": ["shop-mail"] } } },
        });
    });

    it("is in its region with everything that has one", async () => {
        const preview = await make({ alarmTopicArns: [MESSAGING_TOPIC] });
        const regional = preview.resources.filter(
            ({ type }) => type.startsWith("aws:") && !/^aws:(iam|route53)\//.test(type),
        );
        for (const { inputs, urn } of regional) {
            expect(inputs.region, urn).to.equal(TEST_REGION);
        }
    });

    it("takes no text of a message that customers may leave which does not say how", async () => {
        const html = "<p>Buy</p>";
        expect(await problemsOf({ templates: { recommendation: { html } } })).to.deep.equal([
            "templates.recommendation",
        ]);
        expect((await make({ templates: { welcome: { html } } })).error).to.equal(undefined);
        const leaving = `${html}<a href="{{amazonSESUnsubscribeUrl}}">No more</a>`;
        expect((await make({ templates: { abandonedCart: { html: leaving } } })).error).to.equal(undefined);
    });

    it("names all that is wrong at once", async () => {
        expect(
            await problemsOf(
                {
                    domain: "Shop",
                    hostedZoneId: "zone",
                    mailFromSubdomain: "a.b",
                    senderAddress: "hello",
                    senderName: '"Shop"',
                    replyToAddress: "nobody",
                    dmarcPolicy: "Ignore",
                    dmarcReportAddress: "@",
                    templates: { welcome: { subject: "two\nlines", text: " " } },
                    recommendations: {
                        targetArn: "arn:aws:sns:eu-central-1:1:x",
                        input: "{",
                        scheduleExpression: "weekly",
                    },
                },
                "shop.mail",
            ),
        ).to.have.members([
            "domain",
            "hostedZoneId",
            "mailFromSubdomain",
            "senderAddress",
            "senderName",
            "replyToAddress",
            "dmarcPolicy",
            "dmarcReportAddress",
            "templates.welcome.subject",
            "templates.welcome.text",
            "recommendations.targetArn",
            "recommendations.input",
            "recommendations.scheduleExpression",
            "name",
        ]);
        const foreign: [string, boolean][] = [
            ["a@shop.example.com", true],
            ["a@mail.shop.example.com", true],
            ["a@example.com", false],
            ["a@othershop.example.com", false],
        ];
        for (const [senderAddress, isFine] of foreign) {
            const expected = isFine ? [] : ["senderAddress"];
            const preview = await make({ senderAddress });
            expect(
                (preview.error?.problems ?? []).map(({ propertyPath }) => propertyPath),
                senderAddress,
            ).to.deep.equal(expected);
        }
    });
});
