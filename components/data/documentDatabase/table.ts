import {
    accountId,
    alsoWhere,
    flag,
    id,
    input,
    keyArn,
    list,
    listOfAtLeast,
    logRetention,
    numberIn,
    object,
    oneOf,
    region,
    required,
    tags,
    textOf,
    textWhere,
    topicArns,
} from "../../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given } from "../../shared/argumentTable";
import { checkNameLength } from "../../shared/names";
import { Problems } from "../../shared/validation";
import { checkName } from "../auroraMember/identifiers";
import { AURORA_ARGUMENTS, identifier, zone, ZONES_MIN } from "../auroraMember/table";
import { type DocumentDatabaseArgs, DocumentEngine } from "./args";
import { DOCUMENT_DB_ARGUMENTS, isDocumentDbVersion } from "./documentDb/table";
import { isMongoDbVersion, MONGO_DB_ARGUMENTS } from "./mongodb/table";

/** The longest name of a database: hosts, instances and last snapshots are called after it. */
const IDENTIFIER_MAX = 40;

const isMongoDb = (args: Given): boolean => args.engine === DocumentEngine.MongoDbOnEc2;

/** Members of a replica set of MongoDB: two have no majority once one is lost. */
const MEMBERS = 3;

function zones() {
    return list(zone(), "a list of zones", (value, args) => {
        const { length } = value as unknown[];
        const fits = isMongoDb(args) ? length === MEMBERS : length >= ZONES_MIN;
        return fits
            ? undefined
            : isMongoDb(args)
              ? {
                    allowed: `exactly ${MEMBERS} zones with the engine ${DocumentEngine.MongoDbOnEc2}`,
                    remedy: "Of two members none may write once the other is lost; a fourth is one more to lose",
                }
              : { allowed: `at least ${ZONES_MIN} zones` };
    });
}

const KNOWN_VERSIONS: Readonly<Partial<Record<string, string>>> = {
    [DocumentEngine.DocumentDb]: "5.0 or 8.0, or a release of theirs such as 5.0.1",
    [DocumentEngine.MongoDbOnEc2]: "7.0 or 8.0, or a release of theirs such as 8.0.17",
};

/** The rules of DocumentDatabase's arguments. */
const DOCUMENT_DATABASE_ARGUMENTS: ArgumentTable<DocumentDatabaseArgs> = {
    region: required(region()),
    accountId: required(input(accountId("an AWS account id: 12 digits"))),
    engine: required(oneOf(DocumentEngine)),
    engineVersion: textWhere(
        (version, args) =>
            isMongoDb(args)
                ? isMongoDbVersion(version)
                : args.engine === DocumentEngine.DocumentDb
                  ? isDocumentDbVersion(version)
                  : isMongoDbVersion(version) || isDocumentDbVersion(version),
        ({ engine }) => KNOWN_VERSIONS[textOf(engine)] ?? "5.0, 7.0 or 8.0, by the engine",
        { kind: "a version, such as 8.0" },
    ),
    identifier: required(identifier(IDENTIFIER_MAX)),
    vpcId: required(input(id("vpc-", "a VPC"))),
    subnetIds: required(
        input(
            alsoWhere(
                (value, args) => {
                    const zonesGiven = args.availabilityZones;
                    return (
                        !Array.isArray(zonesGiven) ||
                        (value as unknown[]).length === (zonesGiven as unknown[]).length
                    );
                },
                "the id of one subnet in each of availabilityZones, in their order",
                listOfAtLeast(
                    ZONES_MIN,
                    input(id("subnet-", "a subnet")),
                    "the id of one subnet in each of availabilityZones, in their order",
                ),
            ),
        ),
    ),
    availabilityZones: required(zones()),
    kmsKeyArn: input(keyArn()),
    backupRetentionDays: numberIn({ min: 1, max: 35, step: 1 }),
    certificateBundlePath: AURORA_ARGUMENTS.certificateBundlePath,
    documentDb: object(DOCUMENT_DB_ARGUMENTS),
    mongoDb: object(MONGO_DB_ARGUMENTS),
    deletionProtection: flag(),
    logRetentionDays: logRetention(),
    alarmTopicArns: input(topicArns()),
    tags: tags(),
};

/**
 * Checks the arguments of a DocumentDatabase.
 *
 * @returns The arguments without null, which counts as left out.
 * @throws pulumi.InputPropertiesError that names every problem.
 */
export function validate(name: string, given: DocumentDatabaseArgs): DocumentDatabaseArgs {
    const problems = new Problems("meridian:index:DocumentDatabase", name);
    const args = checkArguments(problems, given, DOCUMENT_DATABASE_ARGUMENTS);
    checkName(problems, problems.name);
    checkNameLength(problems, "name", `${problems.name}-snapshots-role`, "aws:iam/role:Role");
    problems.throwIfAny();
    return args;
}
