/** What a store does when one of its zones is lost. */
import { plural } from "../../render/text";
import { type Item } from "../inventory";
import { type Bound, type Keeps } from "../types";
import { TABLE, unbounded } from "./copies";

const STORAGE = (guide: string): Bound => ({
    text: "nothing",
    source: `storage in three Availability Zones (${guide})`,
});

/** What a store does when one of its zones is lost; undefined for what holds no data. */
export function keepsOf({ type, inputs }: Item, zones: readonly string[]): Keeps | undefined {
    const several = zones.length > 1;
    switch (type) {
        case "aws:rds/cluster:Cluster":
            // Of a cluster with one instance the data outlive its zone; the instance has to be made anew.
            return { survivesZone: several, loses: STORAGE("Amazon Aurora User Guide") };
        case "aws:docdb/cluster:Cluster":
            return { survivesZone: several, loses: STORAGE("Amazon DocumentDB Developer Guide") };
        case "aws:rds/instance:Instance":
            return inputs["multiAz"] === true
                ? {
                      survivesZone: true,
                      loses: {
                          text: "nothing",
                          source: "multiAz: a synchronous standby in another zone (Amazon RDS User Guide)",
                      },
                  }
                : {
                      survivesZone: false,
                      loses: {
                          text: "about 5 min as a rule: not bounded",
                          source: "no multiAz: restored to LatestRestorableTime, typically within the last five minutes (Amazon RDS User Guide)",
                      },
                  };
        case TABLE:
            return { survivesZone: true, loses: STORAGE("Amazon DynamoDB Developer Guide") };
        case "aws:s3/bucket:Bucket":
        case "aws:s3/bucketV2:BucketV2":
            return { survivesZone: true, loses: STORAGE("Amazon S3 User Guide") };
        case "aws:sqs/queue:Queue":
        case "aws:kinesis/stream:Stream":
            return { survivesZone: true, loses: STORAGE("the service's developer guide") };
        case "aws:opensearch/domain:Domain":
            return {
                survivesZone: several,
                loses: several
                    ? {
                          text: "nothing of what has a replica",
                          source: `${plural(zones.length, "zone")} with zone awareness; a write is in its replicas before it is answered (Amazon OpenSearch Service Developer Guide)`,
                      }
                    : unbounded("one zone: restored from the hourly snapshot"),
            };
        case "aws:elasticache/serverlessCache:ServerlessCache":
        case "aws:elasticache/replicationGroup:ReplicationGroup":
        case "aws:dax/cluster:Cluster":
            return { survivesZone: several, loses: unbounded("a cache: its replicas follow later") };
        case "aws:efs/fileSystem:FileSystem":
            return inputs["availabilityZoneName"] === undefined
                ? { survivesZone: true, loses: STORAGE("Amazon EFS User Guide") }
                : { survivesZone: false, loses: unbounded("One Zone: what its last backup has") };
        case "aws:ebs/volume:Volume":
            return {
                survivesZone: false,
                loses: unbounded("a volume is in one zone: what its last snapshot has"),
            };
        default:
            return undefined;
    }
}
