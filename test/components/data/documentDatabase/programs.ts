import * as pulumi from "@pulumi/pulumi";

import {
    DocumentDatabase,
    type DocumentDatabaseArgs,
    DocumentEngine,
} from "../../../../components/data/documentDatabase/documentDatabase";
import { previewProgram, type ProgramPreview, TEST_ACCOUNT, testProvider } from "../../../support/preview";

/** What both engines take. */
const COMMON = {
    region: "eu-central-1",
    accountId: TEST_ACCOUNT,
    identifier: "orders",
    vpcId: "vpc-0shop",
    subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"],
    availabilityZones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
    alarmTopicArns: [`arn:aws:sns:eu-central-1:${TEST_ACCOUNT}:alarms`],
};

export const DOCUMENT_DB: DocumentDatabaseArgs = { ...COMMON, engine: DocumentEngine.DocumentDb };

export const MONGO_DB: DocumentDatabaseArgs = { ...COMMON, engine: DocumentEngine.MongoDbOnEc2 };

/** The ARN of a key of a region. */
export function keyIn(region: string): string {
    return `arn:aws:kms:${region}:${TEST_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
}

/** Previews a program with one database, whose outputs are the stack's. */
export function preview(args: unknown, name = "shop-documents"): Promise<ProgramPreview> {
    return previewProgram(() => {
        const database = new DocumentDatabase(name, args as DocumentDatabaseArgs, {
            providers: [testProvider()],
        });
        const outputs = Object.entries(database).filter(([, value]) => pulumi.Output.isInstance(value));
        return Object.fromEntries(outputs);
    });
}

/** The problems that a database is refused for before anything of it is registered; none of one that is made. */
export async function problemsOf(args: unknown, name?: string): Promise<Record<string, string>> {
    const { error, resources } = await preview(args, name);
    const isRegistered = resources.some(({ type }) => type === "meridian:index:DocumentDatabase");
    if (isRegistered !== (error === undefined)) {
        throw new Error(error === undefined ? "nothing was registered" : "the component was registered");
    }
    return Object.fromEntries(
        (error?.problems ?? []).map(({ propertyPath, reason }) => [propertyPath, reason]),
    );
}
