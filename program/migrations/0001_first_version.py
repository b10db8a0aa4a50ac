"""The tables of the first version.

`replaces` names the steps on the way to it. A database that has taken all of them is at this one; one that has taken
only some of them cannot go on from there.
"""

import django.core.validators
import django.db.models.deletion
import program.models.program
import ui.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('program', '0001_initial'),
        ('program', '0002_plans'),
        ('program', '0003_response'),
        ('program', '0004_key_activities'),
        ('program', '0005_risks'),
    ]

    dependencies = [
        ('organisation', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='organisation.organisation')),
                ('slug', models.SlugField(max_length=60, verbose_name='address')),
                ('name', ui.fields.LineField(max_length=160, verbose_name='name')),
                ('short_name', ui.fields.LineField(max_length=60, verbose_name='short name')),
                ('purpose', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='purpose')),
                ('target_group', ui.fields.LineField(blank=True, max_length=300, verbose_name='target group')),
                ('goal', ui.fields.LineField(blank=True, max_length=300, verbose_name='goal in words')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='first year')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='last year')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='the plan is dated')),
                ('scope', ui.fields.LineField(blank=True, max_length=300, verbose_name='covers')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='organisation.role', verbose_name='responsible')),
                ('took_part', ui.fields.ProseField(blank=True, help_text='Roles and bodies, never persons.', max_length=2000, verbose_name='took part')),
                ('background', ui.fields.RichField(blank=True, max_length=20000, verbose_name='background')),
                ('summary', ui.fields.RichField(blank=True, max_length=20000, verbose_name='summary')),
                ('standing_questions', ui.fields.ProseField(blank=True, help_text='Asked at every follow-up beside the five of the method; one a line.', max_length=2000, verbose_name='standing questions')),
                ('hours_ceiling', models.DecimalField(blank=True, decimal_places=1, help_text="How much of a manager's time programme and recurring work may take in one month.", max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='ceiling of hours')),
            ],
            options={
                'ordering': ['-first_year', 'name'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'slug'), name='program_slug_once_per_organisation'), models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='program_ends_after_it_starts', violation_error_message='The last year is before the first.'), models.CheckConstraint(condition=models.Q(('hours_ceiling__isnull', True), ('hours_ceiling__gt', 0), _connector='OR'), name='program_hours_ceiling_above_nought')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='program.program')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='program.area')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('narrative', ui.fields.RichField(blank=True, max_length=20000, verbose_name='text')),
                ('is_starting_point', models.BooleanField(default=False, verbose_name='starting point of dialogues')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'name'), name='area_name_once_per_program', violation_error_message='There is already an area with this name.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='program.program')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('title', ui.fields.LineField(max_length=160, verbose_name='title')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='program.area', verbose_name='area')),
                ('level', models.CharField(choices=[('organisation', 'the organisation'), ('leader', "the leader's own")], default='organisation', max_length=20, verbose_name='level')),
                ('description', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='description')),
                ('owners', models.ManyToManyField(blank=True, related_name='needs', to='organisation.role', verbose_name='owners')),
            ],
            options={
                'verbose_name': 'need',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'title'), name='need_title_once_per_program', violation_error_message='There is already a need with this title.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='program.program')),
                ('number', ui.fields.LineField(blank=True, max_length=12, verbose_name='number')),
                ('title', ui.fields.LineField(max_length=240, verbose_name='title')),
                ('kind', models.CharField(choices=[('measure', 'measure'), ('training', 'training'), ('meeting', 'meeting or network')], default='measure', max_length=20, verbose_name='kind')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='program.area', verbose_name='area')),
                ('current_state', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='current state')),
                ('measure', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='measure')),
                ('desired_result', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='desired result')),
                ('level', models.CharField(choices=[('organisation', 'the organisation'), ('leader', "the leader's own")], default='organisation', max_length=20, verbose_name='level')),
                ('is_key', models.BooleanField(default=False, help_text='Say before it starts what it should move. For the few that matter most.', verbose_name='among the most important')),
                ('is_existing', models.BooleanField(default=False, verbose_name='was under way before the programme')),
                ('joint_responsibility', models.BooleanField(default=False, verbose_name='joint responsibility')),
                ('referred_to', ui.fields.LineField(blank=True, help_text='When it lies outside the own mandate.', max_length=200, verbose_name='referred to')),
                ('referral_outcome', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='what came of it')),
                ('part_of', ui.fields.LineField(blank=True, help_text='Another change effort.', max_length=200, verbose_name='part of')),
                ('funding', ui.fields.LineField(blank=True, max_length=300, verbose_name='funding')),
                ('starts', models.DateField(blank=True, null=True, verbose_name='starts')),
                ('starts_words', ui.fields.LineField(blank=True, max_length=60)),
                ('hours_per_manager', models.DecimalField(blank=True, decimal_places=1, help_text='What it costs one manager in all, when that matters.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(2000)], verbose_name='hours per manager')),
                ('months', models.JSONField(blank=True, default=list, help_text="When it takes managers' time. 1 is January.", verbose_name='months')),
                ('weeks', ui.fields.LineField(blank=True, help_text='For example 10–12, 40.', max_length=60, verbose_name='weeks')),
                ('is_recurring', models.BooleanField(default=False, verbose_name='comes back every year')),
                ('audiences', models.JSONField(blank=True, default=list, verbose_name='for whom')),
                ('carried_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='program.activity')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('departments', models.ManyToManyField(blank=True, help_text='None chosen means all departments.', related_name='activities', to='organisation.department', verbose_name='departments')),
                ('responsible', models.ManyToManyField(blank=True, related_name='activities', to='organisation.role', verbose_name='responsible')),
                ('needs', models.ManyToManyField(blank=True, related_name='activities', to='program.need', verbose_name='needs')),
            ],
            options={
                'verbose_name': 'activity',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('hours_per_manager__isnull', True), ('hours_per_manager__gte', 0), _connector='OR'), name='activity_hours_not_negative', violation_error_message='Hours cannot be negative.')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='program.activity')),
                ('kind', models.CharField(choices=[('follow_up', 'follow-up'), ('evaluation', 'evaluation')], default='follow_up', max_length=20, verbose_name='kind')),
                ('planned_on', models.DateField(verbose_name='planned')),
                ('planned_words', ui.fields.LineField(blank=True, max_length=60)),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='held on')),
                ('outcome', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'follow-up',
                'ordering': ['planned_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome', ''), ('held_on__isnull', False), _connector='OR'), name='follow_up_outcome_has_day', violation_error_message='Say on which day it was held.')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='FollowUpAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follow_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='program.followup')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('question', ui.fields.LineField(max_length=300, verbose_name='question')),
                ('verdict', models.CharField(blank=True, choices=[('yes', 'yes'), ('partly', 'partly'), ('no', 'no'), ('unknown', 'cannot be told yet')], max_length=20, verbose_name='answer')),
                ('text', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='in words')),
            ],
            options={
                'verbose_name': 'answer',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('follow_up', 'question'), name='answer_once_per_question')],
            },
        ),
        migrations.CreateModel(
            name='PlanLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_links', to='program.activity')),
                ('plan', models.CharField(choices=[('budget', 'budget'), ('operations', 'operational plan'), ('staffing', 'skills supply plan')], max_length=20, verbose_name='plan')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2100)], verbose_name='year')),
                ('note', ui.fields.LineField(blank=True, max_length=200, verbose_name='note')),
            ],
            options={
                'verbose_name': 'link to a plan',
                'ordering': ['year', 'plan'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'plan', 'year'), name='plan_link_once_per_year', violation_error_message='The activity is linked to this plan and year already.')],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='ProcessStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='process_steps', to='program.program')),
                ('text', ui.fields.LineField(max_length=300, verbose_name='what')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='to')),
                ('words', ui.fields.LineField(blank=True, max_length=60, verbose_name='as written')),
                ('forum', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.forum', verbose_name='forum')),
                ('audience', ui.fields.LineField(blank=True, max_length=160, verbose_name='with whom')),
                ('note', ui.fields.LineField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'ordering': ['first_day', 'last_day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='process_step_ends_after_it_starts', violation_error_message='The step ends before it starts.')],
            },
        ),
        migrations.CreateModel(
            name='PlanFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_files', to='program.program')),
                ('name', ui.fields.LineField(max_length=200, verbose_name='name')),
                ('content', models.BinaryField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='program.program')),
                ('source', models.CharField(choices=[('area', 'area'), ('background', 'background'), ('summary', 'summary')], default='area', max_length=20, verbose_name='where')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='program.area')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='program.activity')),
                ('quote', ui.fields.ProseField(max_length=2000, verbose_name='words')),
            ],
            options={
                'verbose_name': 'passage',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', False), ('source', 'area')), models.Q(models.Q(('source', 'area'), _negated=True), ('area__isnull', True)), _connector='OR'), name='passage_area_where_the_text_is_one'), models.UniqueConstraint(fields=('area', 'quote'), name='passage_once_per_area', violation_error_message='These words are marked already.'), models.UniqueConstraint(condition=models.Q(('source', 'area'), _negated=True), fields=('program', 'source', 'quote'), name='passage_once_per_text', violation_error_message='These words are marked already.')],
            },
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='program.program')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='program.activity', verbose_name='activity')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='program.area', verbose_name='area')),
                ('text', ui.fields.ProseField(max_length=2000, verbose_name='what does not add up')),
                ('places', ui.fields.LineField(blank=True, max_length=300, verbose_name='where it stands')),
                ('pinned_on', models.DateField(verbose_name='noted on')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('settlement', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='how it was settled')),
            ],
            options={
                'verbose_name': 'doubt',
                'ordering': [models.OrderBy(models.F('settled_on'), nulls_first=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_on__isnull', True), ('settlement', '')), models.Q(('settled_on__isnull', False), models.Q(('settlement', ''), _negated=True)), _connector='OR'), name='doubt_settled_with_words', violation_error_message='Say both when and how it was settled, or neither.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='program.program')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number')),
                ('title', ui.fields.LineField(max_length=200, verbose_name='title')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='dated')),
                ('dated_words', ui.fields.LineField(blank=True, max_length=60)),
                ('note', ui.fields.LineField(blank=True, max_length=300, verbose_name='note')),
            ],
            options={
                'verbose_name': 'basis document',
                'ordering': [models.OrderBy(models.F('number'), nulls_last=True), 'dated', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='document_number_once_per_program', violation_error_message='There is already a basis document with this number.')],
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='program.program')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisation.forum', verbose_name='forum')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('parties', ui.fields.LineField(blank=True, max_length=300, verbose_name='parties')),
                ('outcome', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='outcome')),
            ],
            options={
                'ordering': ['held_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_sets', to='program.program')),
                ('what', ui.fields.LineField(max_length=300)),
                ('entries', models.JSONField(default=list)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='program.program')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='program.activity')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='program.document')),
                ('name', ui.fields.LineField(max_length=200, verbose_name='name')),
                ('content_type', models.CharField(max_length=120)),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'attachment',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', True), ('document__isnull', False)), models.Q(('activity__isnull', False), ('document__isnull', True)), _connector='OR'), name='attachment_belongs_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='program.program')),
                ('body', ui.fields.LineField(max_length=120, verbose_name='decided by')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('paragraph', ui.fields.LineField(blank=True, max_length=30, verbose_name='paragraph')),
                ('case_number', ui.fields.LineField(blank=True, max_length=40, verbose_name='case number')),
            ],
            options={
                'ordering': ['decided_on'],
            },
        ),
        migrations.CreateModel(
            name='AnnualEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annual_events', to='program.program')),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('months', models.JSONField(default=list, verbose_name='months')),
                ('weeks', ui.fields.LineField(blank=True, help_text='For example 10–12, 40.', max_length=60, verbose_name='weeks')),
                ('hours_per_manager', models.DecimalField(blank=True, decimal_places=1, help_text='In a year, when that matters.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(2000)], verbose_name='hours per manager')),
                ('audiences', models.JSONField(blank=True, default=list, verbose_name='for whom')),
                ('departments', models.ManyToManyField(blank=True, help_text='None chosen means all departments.', related_name='annual_events', to='organisation.department', verbose_name='departments')),
            ],
            options={
                'verbose_name': 'recurring process',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'name'), name='annual_event_name_once_per_program', violation_error_message='There is already a process with this name.')],
            },
        ),
        migrations.CreateModel(
            name='ProgramPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='program.program')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('covers', ui.fields.ProseField(max_length=4000, verbose_name='covers')),
                ('reported', ui.fields.LineField(blank=True, max_length=200, verbose_name='reported')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('program', 'number'), name='part_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='program.program')),
                ('kind', models.CharField(choices=[('training', 'training'), ('forum', 'forum for managers'), ('introduction', 'introduction'), ('governing', 'governing document'), ('system', 'system'), ('function', 'support function'), ('provider', 'other support')], max_length=20, verbose_name='kind')),
                ('name', ui.fields.LineField(max_length=160, verbose_name='name')),
                ('scope', ui.fields.LineField(blank=True, max_length=300, verbose_name='scope')),
                ('part_of', ui.fields.LineField(blank=True, max_length=160, verbose_name='part of')),
                ('former_name', ui.fields.LineField(blank=True, max_length=160, verbose_name='formerly')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisation.department', verbose_name='department')),
                ('audiences', models.JSONField(blank=True, default=list, verbose_name='for whom')),
                ('stage', models.CharField(blank=True, choices=[('before', 'before the first assignment'), ('first_year', 'first year as a manager'), ('settled', 'settled in the assignment'), ('deepening', 'deepening and renewal')], max_length=20, verbose_name='stage of the career ladder')),
                ('is_none', models.BooleanField(default=False, verbose_name='explicitly none')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='program.need')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='organisation.department', verbose_name='department')),
                ('on', models.DateField(verbose_name='date')),
                ('outcome', models.CharField(choices=[('open', 'open'), ('activity', 'met by an activity'), ('covered', 'already covered by a support'), ('referred', 'referred to somebody else'), ('declined', 'declined')], max_length=20, verbose_name='response')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='program.activity', verbose_name='activity')),
                ('resource', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='program.resource', verbose_name='support')),
                ('referred_to', ui.fields.LineField(blank=True, max_length=200, verbose_name='referred to')),
                ('text', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='in words to the group')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('outcome', 'activity')), models.Q(models.Q(('outcome', 'activity'), _negated=True), ('activity__isnull', True)), _connector='OR'), name='response_activity_when_met_by_one', violation_error_message='Choose the activity that meets the need.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'covered'), ('resource__isnull', False)), models.Q(models.Q(('outcome', 'covered'), _negated=True), ('resource__isnull', True)), _connector='OR'), name='response_support_when_covered', violation_error_message='Choose the support that covers the need.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'referred'), models.Q(('referred_to', ''), _negated=True)), models.Q(models.Q(('outcome', 'referred'), _negated=True), ('referred_to', '')), _connector='OR'), name='response_whom_when_referred', violation_error_message='Say to whom it is referred.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'declined'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='response_reason_when_declined', violation_error_message='Say why.')],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='program.program')),
                ('title', ui.fields.LineField(max_length=200, verbose_name='what could happen')),
                ('weight', models.CharField(choices=[('small', 'small'), ('medium', 'medium'), ('large', 'large')], default='medium', max_length=10, verbose_name='weight')),
                ('measure', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='what we do about it')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='organisation.role', verbose_name='owner')),
                ('seen_on', models.DateField(verbose_name='seen on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='no longer a risk from')),
                ('outcome', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='how it went')),
            ],
            options={
                'verbose_name': 'risk',
                'ordering': ['seen_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('seen_on')), _connector='OR'), name='risk_closed_after_seen', violation_error_message='It cannot end before it was seen.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='StatusUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='program.activity')),
                ('on', models.DateField(verbose_name='as of')),
                ('status', models.CharField(choices=[('planned', 'planned'), ('under_way', 'under way'), ('completed', 'completed'), ('stopped', 'stopped')], max_length=20, verbose_name='status')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='deadline')),
                ('deadline_words', ui.fields.LineField(blank=True, max_length=60)),
                ('completed_on', models.DateField(blank=True, null=True, verbose_name='completed on')),
                ('completed_words', ui.fields.LineField(blank=True, max_length=60)),
                ('comment', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='comment')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['activity', '-on', '-id'], name='status_update_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('status', 'completed')), models.Q(models.Q(('status', 'completed'), _negated=True), ('completed_on__isnull', True)), _connector='OR'), name='status_update_completed_has_day', violation_error_message='A completed activity has a day when it was completed; others have none.'), models.CheckConstraint(condition=models.Q(('completed_on__isnull', True), ('completed_on__lte', models.F('on')), _connector='OR'), name='status_update_completed_by_its_day', violation_error_message='Completed on lies after the day of the status update.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'stopped'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='status_update_stopped_has_reason', violation_error_message='Say why the activity is stopped.')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='program.activity')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('number', ui.fields.LineField(blank=True, max_length=12, verbose_name='number')),
                ('text', ui.fields.ProseField(max_length=2000, verbose_name='step')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='deadline')),
                ('deadline_words', ui.fields.LineField(blank=True, max_length=60)),
                ('completed_on', models.DateField(blank=True, null=True, verbose_name='completed on')),
            ],
            options={
                'verbose_name': 'step',
                'ordering': ['order', 'pk'],
            },
            bases=(program.models.program.PartInTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='program.assignment')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', ui.fields.ProseField(max_length=2000, verbose_name='text')),
                ('answer', ui.fields.ProseField(blank=True, max_length=4000, verbose_name='what answers it')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('assignment', 'number'), name='clause_number_once')],
            },
        ),
    ]
