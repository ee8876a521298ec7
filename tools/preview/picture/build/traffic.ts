/** Who reaches whom: security groups, routes and network ACLs, and what calls what without a network of ours. */
import { type End, Reach } from "../../analysis/reach";
import { items, textOf } from "../../render/inputs";
import { isRecord } from "../../values";
import { type Item } from "../inventory";
import { type Link, INTERNET, type Outside, type Scene } from "./scene";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const NAT = "aws:ec2/natGateway:NatGateway";

/** What security groups, routes and network ACLs allow, from what wears a group to what wears another one. */
export function networkLinks(scene: Scene): Link[] {
    const wearers = new Map<string, readonly Item[]>();
    const endpoints = scene.inventory.ofType(ENDPOINT);
    const gateways = scene.inventory.ofType(NAT);
    const worn = (group: string): readonly Item[] => {
        let found = wearers.get(group);
        if (found === undefined) {
            found = unique(scene.wearersOf([group]).concat(instanceOf(scene, group)));
            wearers.set(group, found);
        }
        return found;
    };
    const endsOf = ({ group, other }: End): readonly (Item | Outside)[] => {
        if (group !== undefined) {
            return worn(group);
        }
        if (other === "internet") {
            return [INTERNET];
        }
        // A gateway endpoint is known by its prefix list. Other lists and blocks are nothing that is made here.
        return endpoints.filter(({ outputs }) => outputs["prefixListId"] === other).slice(0, 1);
    };
    const reach = new Reach(scene.items);
    const inside = (end: Item | Outside): Item | undefined => ("outside" in end ? undefined : end);
    return reach.ways.flatMap((way) =>
        endsOf(way.from).flatMap((one) =>
            endsOf(way.to).flatMap((other): Link[] => {
                if (one === other || !reach.isBetween(way, inside(one), inside(other))) {
                    return [];
                }
                const { port } = way;
                const detail = `Security groups, routes and network ACLs allow port ${port}.`;
                const link = { kind: "traffic", label: port, detail } as const;
                // What goes out goes through NAT where there is some.
                const to =
                    "outside" in one || other !== INTERNET ? other : (gatewayOf(one, gateways) ?? other);
                const minor = "type" in to && (to.type === NAT || to.type === ENDPOINT);
                return [{ ...link, from: one, to, minor }];
            }),
        ),
    );
}

/** What is made of a network interface that has the group: the instance or group of instances beside it. */
function instanceOf(scene: Scene, group: string): Item[] {
    return scene
        .mentioning(group)
        .filter(({ type }) => type === "aws:ec2/networkInterface:NetworkInterface")
        .flatMap((each) =>
            scene
                .wearersOf([each.id])
                .concat(scene.standIn(each) ?? [])
                .slice(0, 1),
        );
}

function gatewayOf(item: Item, gateways: readonly Item[]): Item | undefined {
    return gateways.find(({ region, stack }) => region === item.region && stack === item.stack);
}

function unique(found: readonly Item[]): Item[] {
    return [...new Set(found)];
}

/** Balancers and what they send to, by listeners and target groups. */
export function balancerLinks(scene: Scene): Link[] {
    const { inventory } = scene;
    const groupsOf = new Map<string, Set<string>>();
    const add = (balancer: unknown, actions: unknown): void => {
        const arn = textOf(balancer) ?? "";
        const known = groupsOf.get(arn) ?? new Set<string>();
        JSON.stringify(actions ?? [])
            .match(/arn:[^"]*:targetgroup\/[^"]*/g)
            ?.forEach((group) => known.add(group));
        groupsOf.set(arn, known);
    };
    const listeners = inventory.ofType("aws:lb/listener:Listener", "aws:alb/listener:Listener");
    const balancerOf = new Map(listeners.map(({ id, inputs }) => [id, inputs["loadBalancerArn"]]));
    listeners.forEach(({ inputs }) => {
        add(inputs["loadBalancerArn"], inputs["defaultActions"]);
    });
    inventory
        .ofType("aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule")
        .forEach(({ inputs }) => {
            add(balancerOf.get(String(inputs["listenerArn"])), inputs["actions"]);
        });
    return [...groupsOf].flatMap(([arn, groups]) => {
        const balancer = inventory.named(arn);
        return [...groups].flatMap((group) => {
            const port = inventory.named(group)?.inputs["port"];
            const attached = inventory
                .ofType("aws:lb/targetGroupAttachment:TargetGroupAttachment")
                .filter(({ inputs }) => inputs["targetGroupArn"] === group)
                .flatMap((each) => inventory.named(each.inputs["targetId"]) ?? scene.standIn(each) ?? []);
            return scene
                .wearersOf([group])
                .concat(attached)
                .flatMap((target): Link[] =>
                    balancer === undefined || target === balancer
                        ? []
                        : [
                              {
                                  from: balancer,
                                  to: target,
                                  kind: "traffic",
                                  label: typeof port === "number" ? String(port) : "",
                                  detail: "A listener of the balancer sends here.",
                              },
                          ],
                );
        });
    });
}

/** What hands requests, messages and events on: APIs, queues, streams, topics, buses, schedules, workflows. */
export function eventLinks(scene: Scene): Link[] {
    const { inventory } = scene;
    const found: Link[] = [];
    const add = (from: Item | undefined, to: Item | undefined, label: string, detail: string): void => {
        const [one, other] = [scene.standIn(from), scene.standIn(to)];
        if (one !== undefined && other !== undefined && one !== other) {
            found.push({ from: one, to: other, kind: "traffic", label, detail });
        }
    };
    const target = (arn: unknown): Item | undefined => {
        const text = textOf(arn)
            ?.replace(/(:function:[^:]+):[^:]+$/, "$1")
            .replace(/\/stream\/.*$/, "");
        return inventory.named(text);
    };
    const functionCalled = (name: unknown, region: string | undefined): Item | undefined =>
        target(name) ?? inventory.called("aws:lambda/function:Function", name, region);

    for (const { inputs, region } of inventory.ofType("aws:lambda/permission:Permission")) {
        const source = textOf(inputs["sourceArn"]) ?? "";
        if (inputs["principal"] === "apigateway.amazonaws.com") {
            const api = apis(scene).find(({ outputs }) =>
                source.startsWith(`${String(outputs["executionArn"])}/`),
            );
            add(
                api,
                functionCalled(inputs["function"], region),
                "invokes",
                "The API's integration invokes it.",
            );
        }
    }
    for (const { inputs } of inventory.ofType("aws:lambda/eventSourceMapping:EventSourceMapping")) {
        add(
            target(inputs["eventSourceArn"]),
            target(inputs["functionName"]),
            "records",
            "An event source mapping hands records on.",
        );
    }
    for (const { inputs } of inventory.ofType("aws:sns/topicSubscription:TopicSubscription")) {
        add(target(inputs["topic"]), target(inputs["endpoint"]), "messages", "A subscription of the topic.");
    }
    for (const { inputs } of inventory.ofType("aws:s3/bucketNotification:BucketNotification")) {
        const bucket =
            inventory.called("aws:s3/bucket:Bucket", inputs["bucket"], undefined) ??
            bucketNamed(scene, inputs["bucket"]);
        for (const text of ["lambdaFunctions", "queues", "topics"].flatMap((key) => items(inputs[key]))) {
            if (isRecord(text)) {
                add(
                    bucket,
                    target(text["lambdaFunctionArn"] ?? text["queueArn"] ?? text["topicArn"]),
                    "events",
                    "A notification of the bucket.",
                );
            }
        }
    }
    for (const { inputs } of inventory.ofType(
        "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination",
    )) {
        const table = inventory.items.find(
            ({ type, outputs }) =>
                type === "aws:dynamodb/table:Table" && outputs["name"] === inputs["tableName"],
        );
        add(table, target(inputs["streamArn"]), "changes", "The table's changes go to the stream.");
    }
    for (const each of inventory.ofType("aws:scheduler/schedule:Schedule")) {
        const { target: to } = each.inputs;
        add(each, target(isRecord(to) ? to["arn"] : undefined), "calls", "The schedule calls it.");
    }
    const rules = inventory.ofType("aws:cloudwatch/eventRule:EventRule");
    for (const { inputs, region } of inventory.ofType("aws:cloudwatch/eventTarget:EventTarget")) {
        const rule = rules.find((each) => each.outputs["name"] === inputs["rule"] && each.region === region);
        const pattern = textOf(rule?.inputs["eventPattern"]) ?? "";
        const bus = inventory.called(
            "aws:cloudwatch/eventBus:EventBus",
            rule?.inputs["eventBusName"],
            region,
        );
        const source =
            bus ??
            inventory
                .ofType("aws:s3/bucket:Bucket")
                .find(({ outputs }) => pattern.includes(`"${String(outputs["bucket"])}"`));
        add(source, target(inputs["arn"]), "events", "A rule of EventBridge.");
    }
    for (const machine of inventory.ofType("aws:sfn/stateMachine:StateMachine")) {
        const definition = textOf(machine.inputs["definition"]) ?? "";
        const arns =
            definition.match(/arn:aws[^"\s]*:(?:lambda|sqs|sns|dynamodb|events|ecs|states):[^"\s]+/g) ?? [];
        for (const arn of new Set(arns)) {
            add(machine, target(arn), "step", "A state of the workflow calls it.");
        }
    }
    for (const link of inventory.ofType(
        "aws:apigatewayv2/vpcLink:VpcLink",
        "aws:apigateway/vpcLink:VpcLink",
    )) {
        const id = textOf(link.outputs["arn"])?.split("/").at(-1) ?? link.id;
        const uses = ({ inputs }: Item): boolean =>
            (textOf(inputs["body"]) ?? JSON.stringify(inputs)).includes(id);
        apis(scene)
            .filter(uses)
            .forEach((api) => {
                add(api, link, "", "The API's integration goes through the link.");
            });
    }
    return found;
}

function apis({ inventory }: Scene): readonly Item[] {
    return inventory.ofType("aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api");
}

/** The bucket with a physical name. */
function bucketNamed({ inventory }: Scene, name: unknown): Item | undefined {
    return typeof name === "string" ? inventory.named(`arn:aws:s3:::${name}`) : undefined;
}
