/** A stand-in for Amazon RDS: an HTTP server on the loopback that answers the calls of a deployment with XML. */
import * as http from "node:http";
import { type AddressInfo } from "node:net";
import { ACCOUNT } from "./deployments";

/** What it answers with. */
export interface RdsStandInState {
    writer: string;
    members: readonly string[];
    exists: boolean;
    snapshots: readonly string[];
}

/** The server, with the calls that it had. */
export interface RdsStandIn {
    readonly url: string;
    readonly calls: string[];
    readonly state: RdsStandInState;
    close(): Promise<void>;
}

/** Starts it on a free port. */
export async function rdsStandIn(state: RdsStandInState): Promise<RdsStandIn> {
    const calls: string[] = [];
    const server = http.createServer((request, response) => {
        let body = "";
        request.on("data", (data: Buffer) => (body += data.toString()));
        request.on("end", () => {
            const form = new URLSearchParams(body);
            const region = /Credential=[^/]*\/\d+\/(?<region>[^/]+)\//.exec(
                request.headers.authorization ?? "",
            )?.groups?.["region"];
            const action = form.get("Action") ?? "";
            calls.push(`${action} in ${region ?? "?"}`);
            const [status, xml] = answer(action, form, state);
            response.writeHead(status, { "content-type": "text/xml" });
            response.end(xml);
        });
    });
    await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
    });
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        calls,
        state,
        close: () =>
            new Promise((resolve) => {
                server.close(() => {
                    resolve();
                });
            }),
    };
}

function answer(action: string, form: URLSearchParams, state: RdsStandInState): [number, string] {
    const result = (content: string): [number, string] => [
        200,
        `<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`,
    ];
    switch (action) {
        case "DescribeGlobalClusters":
            return state.exists
                ? result(`<GlobalClusters>${globalCluster(state)}</GlobalClusters>`)
                : [
                      404,
                      "<ErrorResponse><Error><Type>Sender</Type><Code>GlobalClusterNotFoundFault</Code>" +
                          "<Message>none</Message></Error></ErrorResponse>",
                  ];
        case "SwitchoverGlobalCluster":
            state.writer = form.get("TargetDbClusterIdentifier") ?? "";
            return result(globalCluster(state).replaceAll("GlobalClusterMember>", "GlobalCluster>"));
        case "DescribeDBClusterSnapshots":
            return result(
                `<DBClusterSnapshots>${state.snapshots
                    .filter((name) => name.startsWith(form.get("DBClusterIdentifier") ?? ""))
                    .map(
                        (name) =>
                            `<DBClusterSnapshot><DBClusterSnapshotIdentifier>${name}</DBClusterSnapshotIdentifier>` +
                            "</DBClusterSnapshot>",
                    )
                    .join("")}</DBClusterSnapshots>`,
            );
        case "DescribeDBClusterAutomatedBackups":
            return result(
                "<DBClusterAutomatedBackups><DBClusterAutomatedBackup><DbClusterResourceId>cluster-1" +
                    "</DbClusterResourceId></DBClusterAutomatedBackup></DBClusterAutomatedBackups>",
            );
        default:
            return [400, `<ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>`];
    }
}

function globalCluster({ members, writer }: RdsStandInState): string {
    return (
        "<GlobalClusterMember><GlobalClusterIdentifier>meridian-prod</GlobalClusterIdentifier>" +
        `<GlobalClusterArn>arn:aws:rds::${ACCOUNT}:global-cluster:meridian-prod</GlobalClusterArn>` +
        `<Status>available</Status><GlobalClusterMembers>${members
            .map(
                (arn) =>
                    `<GlobalClusterMember><DBClusterArn>${arn}</DBClusterArn>` +
                    `<IsWriter>${arn === writer}</IsWriter></GlobalClusterMember>`,
            )
            .join("")}</GlobalClusterMembers></GlobalClusterMember>`
    );
}
