"""The tables of the first version.

`replaces` names the steps on the way to it. A database that has taken all of them is at this one; one that has taken
only some of them cannot go on from there.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import program.models.program
import ui.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('metrics', '0001_initial'),
        ('metrics', '0002_initial'),
        ('metrics', '0003_plans'),
        ('metrics', '0004_expectation'),
        ('metrics', '0005_measures'),
        ('metrics', '0006_settle_what_was_there'),
    ]

    dependencies = [
        ('organisation', '0001_first_version'),
        ('program', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guideline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guidelines', to='organisation.organisation')),
                ('title', ui.fields.LineField(max_length=160, verbose_name='title')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('usual_adjustment', models.PositiveSmallIntegerField(default=5, verbose_name='usual adjustment at most')),
                ('largest_adjustment', models.PositiveSmallIntegerField(default=10, verbose_name='largest adjustment')),
            ],
            options={
                'ordering': ['-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'valid_from'), name='guideline_once_per_day'), models.CheckConstraint(condition=models.Q(('largest_adjustment__gte', models.F('usual_adjustment'))), name='guideline_largest_is_largest')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='organisation.unit')),
                ('guideline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='metrics.guideline')),
                ('assessed_on', models.DateField(verbose_name='assessed on')),
                ('adjustment', models.SmallIntegerField(help_text='People more (5) or fewer (−5) than the base number.', validators=[django.core.validators.MinValueValidator(-20), django.core.validators.MaxValueValidator(20)], verbose_name='adjustment')),
                ('motivation', ui.fields.ProseField(max_length=2000, verbose_name='motivation')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-assessed_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('motivation', ''), _negated=True), name='assessment_has_motivation', violation_error_message='Say what supports the adjustment.')],
            },
        ),
        migrations.CreateModel(
            name='GuidelineBase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bases', to='metrics.guideline')),
                ('category', ui.fields.LineField(max_length=120, verbose_name='category')),
                ('base', models.PositiveSmallIntegerField(verbose_name='base number')),
                ('order', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('guideline', 'category'), name='guideline_category_once')],
            },
        ),
        migrations.CreateModel(
            name='GuidelineFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guideline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factors', to='metrics.guideline')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', ui.fields.LineField(max_length=200, verbose_name='factor')),
                ('allows_larger', ui.fields.LineField(max_length=200, verbose_name='allows a larger group')),
                ('requires_smaller', ui.fields.LineField(max_length=200, verbose_name='requires a smaller group')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FactorMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='metrics.assessment')),
                ('factor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='metrics.guidelinefactor')),
                ('mark', models.CharField(choices=[('larger', 'allows a larger group'), ('neutral', 'neither'), ('smaller', 'requires a smaller group')], max_length=10, verbose_name='mark')),
            ],
            options={
                'ordering': ['factor__order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'factor'), name='factor_mark_once_per_assessment')],
            },
        ),
        migrations.CreateModel(
            name='HeadcountFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcount_files', to='organisation.organisation')),
                ('name', ui.fields.LineField(max_length=200, verbose_name='name')),
                ('content', models.BinaryField()),
                ('as_of', models.DateField(verbose_name='as of')),
                ('basis', ui.fields.LineField(max_length=300, verbose_name='basis')),
                ('choices', models.JSONField(blank=True, default=dict)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HeadcountReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcount_reports', to='organisation.organisation')),
                ('as_of', models.DateField(verbose_name='as of')),
                ('basis', ui.fields.LineField(max_length=300, verbose_name='basis')),
                ('is_example', models.BooleanField(default=False, verbose_name='example data')),
            ],
            options={
                'ordering': ['-as_of'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'as_of'), name='headcount_report_once_per_day')],
            },
        ),
        migrations.CreateModel(
            name='Headcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='headcounts', to='metrics.headcountreport')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcounts', to='organisation.unit')),
                ('employees', models.PositiveIntegerField(verbose_name='employees')),
                ('managers', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='managers')),
                ('fte', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='full-time equivalents')),
                ('mean_age', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='mean age')),
                ('stated_name', ui.fields.LineField(blank=True, max_length=120, verbose_name='name in the source')),
                ('managers_assumed', models.BooleanField(default=False, verbose_name='the source says nothing of managers; one is assumed')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'unit'), name='headcount_once_per_unit'), models.CheckConstraint(condition=models.Q(('managers__gte', 1)), name='headcount_has_a_manager')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='program.program')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', ui.fields.LineField(max_length=120, verbose_name='name')),
                ('group', ui.fields.LineField(blank=True, help_text='Questions with the same word here are read together.', max_length=120, verbose_name='read together with')),
                ('question', ui.fields.LineField(blank=True, max_length=300, verbose_name='question')),
                ('population', ui.fields.LineField(max_length=200, verbose_name='population')),
                ('positive', ui.fields.LineField(blank=True, max_length=200, verbose_name='what counts as positive')),
                ('kind', models.CharField(choices=[('share', 'share'), ('rate', 'rate'), ('count', 'count'), ('mean', 'mean'), ('median', 'median'), ('index', 'index')], max_length=20, verbose_name='kind')),
                ('subject', models.CharField(choices=[('survey', 'survey'), ('health', 'health'), ('staffing', 'staffing'), ('age', 'age'), ('sex', 'sex'), ('background', 'background')], max_length=20, verbose_name='subject')),
                ('direction', models.CharField(choices=[('up', 'higher is better'), ('down', 'lower is better')], max_length=10, verbose_name='direction')),
                ('unit', ui.fields.LineField(blank=True, help_text='For example days, people per manager.', max_length=40, verbose_name='unit')),
                ('definition', ui.fields.ProseField(blank=True, max_length=2000, verbose_name='how it is worked out, and its limits')),
                ('source', ui.fields.LineField(blank=True, max_length=200, verbose_name='where the figures come from')),
                ('index', models.ForeignKey(blank=True, help_text='The index that this statement is part of.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='metrics.indicator', verbose_name='statement of')),
                ('item', models.CharField(blank=True, choices=[('meaningful', 'motivation: the work is meaningful'), ('learning', 'motivation: learning and developing'), ('looking_forward', 'motivation: looking forward to work'), ('appreciation', 'leadership: appreciation'), ('trust', 'leadership: trust'), ('responsibility', 'leadership: room for responsibility'), ('goals_known', 'governance: goals are known'), ('goals_followed_up', 'governance: goals are followed up'), ('expectations_known', 'governance: expectations are known')], max_length=20, verbose_name='statement')),
                ('computed', models.CharField(blank=True, choices=[('over_base', 'share of managers above the base number'), ('over_largest', 'share of managers above the largest justified'), ('median_span', 'median of people per manager')], max_length=20, verbose_name='worked out from the headcounts')),
                ('promised', ui.fields.LineField(blank=True, help_text='For example every month.', max_length=120, verbose_name='promised to the committee')),
                ('period_kind', models.CharField(choices=[('point', 'at one time'), ('monthly', 'every month'), ('cumulative', 'accumulated from January'), ('rolling', 'rolling 12 months')], default='point', max_length=20, verbose_name='period')),
                ('baseline', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='baseline')),
                ('baseline_on', models.DateField(blank=True, help_text='What is measured until this day is before, the rest after.', null=True, verbose_name='the baseline ends')),
                ('smallest', models.DecimalField(blank=True, decimal_places=4, help_text='Agreed before the figures come. Without it nothing is called unchanged.', max_digits=9, null=True, verbose_name='smallest change that matters')),
                ('better_every_year', models.BooleanField(default=False, verbose_name='better every year')),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='target')),
                ('target_on', models.DateField(blank=True, null=True, verbose_name='target date')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'name'), name='indicator_name_once_per_program', violation_error_message='There is already an indicator with this name.'), models.CheckConstraint(condition=models.Q(models.Q(('target__isnull', True), ('target_on__isnull', True)), models.Q(('target__isnull', False), ('target_on__isnull', False)), _connector='OR'), name='indicator_target_and_its_day', violation_error_message='A target has both a value and a day.'), models.CheckConstraint(condition=models.Q(models.Q(('index__isnull', True), ('item', '')), models.Q(('index__isnull', False), models.Q(('item', ''), _negated=True)), _connector='OR'), name='indicator_index_and_its_statement', violation_error_message='A statement of an index says which index and which statement.'), models.CheckConstraint(condition=models.Q(('smallest__isnull', True), ('smallest__gt', 0), _connector='OR'), name='indicator_smallest_change_is_some', violation_error_message='The smallest change that matters is more than nothing.'), models.UniqueConstraint(fields=('index', 'item'), name='indicator_statement_once_per_index', violation_error_message='The index already has this statement.')],
            },
            bases=(program.models.program.InTrail, models.Model),
        ),
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expectations', to='program.activity')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expectations', to='metrics.indicator', verbose_name='indicator')),
                ('department', models.ForeignKey(blank=True, help_text='None chosen means everybody that the indicator is about.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expectations', to='organisation.department', verbose_name='department')),
                ('direction', models.CharField(choices=[('up', 'upwards'), ('down', 'downwards')], max_length=10, verbose_name='should move')),
                ('size', ui.fields.LineField(blank=True, max_length=200, verbose_name='how much')),
                ('amount', models.DecimalField(blank=True, decimal_places=4, help_text="In the indicator's own unit; a share in percentage points.", max_digits=9, null=True, verbose_name='at least')),
                ('visible_on', models.DateField(blank=True, null=True, verbose_name='visible at the earliest')),
                ('visible_words', ui.fields.LineField(blank=True, max_length=60, verbose_name='as written')),
                ('wrong_if', ui.fields.ProseField(blank=True, max_length=1000, verbose_name='what would show that we were wrong')),
            ],
            options={
                'verbose_name': 'expected effect',
                'ordering': ['activity_id', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('activity'), models.F('indicator'), django.db.models.functions.comparison.Coalesce('department', 0), name='expectation_once_per_activity_indicator_and_department', violation_error_message='The activity already has an expected effect on this indicator.'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='expectation_amount_is_some', violation_error_message='Say how much as a figure above nothing; the direction is told beside.')],
            },
        ),
        migrations.CreateModel(
            name='LinkedAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved')], default='approved', max_length=10, verbose_name='state')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_answers', to='metrics.indicator')),
                ('earlier', models.DateField(verbose_name='the earlier survey')),
                ('later', models.DateField(verbose_name='the later survey')),
                ('both', models.PositiveIntegerField(verbose_name='positive both times')),
                ('gained', models.PositiveIntegerField(verbose_name='became positive')),
                ('lost', models.PositiveIntegerField(verbose_name='ceased to be positive')),
                ('neither', models.PositiveIntegerField(verbose_name='positive neither time')),
                ('is_example', models.BooleanField(default=False, verbose_name='example data')),
            ],
            options={
                'ordering': ['later', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'earlier', 'later'), name='linked_answers_once_per_pair', violation_error_message='The indicator already has linked answers of these two days.'), models.CheckConstraint(condition=models.Q(('later__gt', models.F('earlier'))), name='linked_answers_later_is_later', violation_error_message='The later survey comes after the earlier.'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('entered_by')), _negated=True), _connector='OR'), name='linked_answers_approved_by_another', violation_error_message='Somebody else than the one who entered the value approves it.')],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('approved', 'approved')], default='approved', max_length=10, verbose_name='state')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='metrics.indicator')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='organisation.department', verbose_name='department')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='organisation.unit', verbose_name='unit')),
                ('predecessor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='organisation.predecessor', verbose_name='predecessor')),
                ('breakdown', models.CharField(blank=True, choices=[('sex', 'by sex'), ('age', 'by age'), ('background', 'by background'), ('level', 'by level'), ('form', 'by form of employment'), ('other', 'by something else')], max_length=20, verbose_name='breakdown')),
                ('category', ui.fields.LineField(blank=True, max_length=80, verbose_name='category')),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='to')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='value')),
                ('positive', models.PositiveIntegerField(blank=True, null=True, verbose_name='positive answers')),
                ('answered', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered')),
                ('invited', models.PositiveIntegerField(blank=True, null=True, verbose_name='invited')),
                ('ones', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered 1')),
                ('twos', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered 2')),
                ('threes', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered 3')),
                ('fours', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered 4')),
                ('fives', models.PositiveIntegerField(blank=True, null=True, verbose_name='answered 5')),
                ('no_opinion', models.PositiveIntegerField(blank=True, null=True, verbose_name='no opinion')),
                ('words', ui.fields.LineField(blank=True, max_length=120, verbose_name='as written')),
                ('is_approximate', models.BooleanField(default=False, verbose_name='approximate')),
                ('is_preliminary', models.BooleanField(default=False, verbose_name='preliminary')),
                ('missing_reason', ui.fields.LineField(blank=True, max_length=200, verbose_name='why it is missing')),
                ('is_example', models.BooleanField(default=False, verbose_name='example data')),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='revision')),
                ('revision_reason', ui.fields.LineField(blank=True, max_length=200, verbose_name='why it is revised')),
                ('known_on', models.DateField(blank=True, help_text='When the figure came; empty: with its period.', null=True, verbose_name='known from')),
                ('withheld', models.CharField(blank=True, choices=[('pending', 'not judged yet'), ('few', 'too few'), ('all_alike', 'all alike'), ('would_give_away', 'would give another away')], default='pending', editable=False, max_length=20)),
                ('published_on', models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['last_day', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('indicator'), models.F('first_day'), models.F('last_day'), django.db.models.functions.comparison.Coalesce('department', 0), django.db.models.functions.comparison.Coalesce('unit', 0), django.db.models.functions.comparison.Coalesce('predecessor', 0), models.F('breakdown'), models.F('category'), models.F('revision'), name='observation_once_per_group_and_period', violation_error_message='This indicator already has a value for the period.'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='observation_ends_after_it_starts', violation_error_message='The period ends before it starts.'), models.CheckConstraint(condition=models.Q(('value__isnull', False), ('answered__isnull', False), models.Q(('missing_reason', ''), _negated=True), _connector='OR'), name='observation_value_or_reason', violation_error_message='Give a value, counts, or why it is missing.'), models.CheckConstraint(condition=models.Q(models.Q(('positive__isnull', True), ('positive__lte', models.F('answered')), _connector='OR'), models.Q(('invited__isnull', True), ('answered__isnull', True), ('answered__lte', models.F('invited')), _connector='OR')), name='observation_counts_nest', violation_error_message='Positive answers ≤ answered ≤ invited.'), models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', True), ('unit__isnull', True)), models.Q(('department__isnull', True), ('predecessor__isnull', True)), models.Q(('predecessor__isnull', True), ('unit__isnull', True)), _connector='OR'), name='observation_of_one_group', violation_error_message='A value is of one department, one unit or one predecessor.'), models.CheckConstraint(condition=models.Q(models.Q(('breakdown', ''), ('category', '')), models.Q(models.Q(('breakdown', ''), _negated=True), models.Q(('category', ''), _negated=True)), _connector='OR'), name='observation_breakdown_and_category', violation_error_message='Say both what it is broken down by and which part this is.'), models.CheckConstraint(condition=models.Q(models.Q(('fives__isnull', True), ('fours__isnull', True), ('ones__isnull', True), ('threes__isnull', True), ('twos__isnull', True)), models.Q(('fives__isnull', False), ('fours__isnull', False), ('ones__isnull', False), ('threes__isnull', False), ('twos__isnull', False)), _connector='OR'), name='observation_all_five_answers', violation_error_message='Give how many answered each of 1–5, also where it is nobody.'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('entered_by')), _negated=True), _connector='OR'), name='observation_approved_by_another', violation_error_message='Somebody else than the one who entered the value approves it.'), models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('revision_reason', ''), _negated=True), _connector='OR'), name='observation_revision_has_reason', violation_error_message='Say why the value is revised.')],
            },
        ),
        migrations.CreateModel(
            name='ObservationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observation_files', to='program.program')),
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
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expectation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='metrics.expectation')),
                ('on', models.DateField(verbose_name='as of')),
                ('verdict', models.CharField(max_length=20)),
                ('words', ui.fields.ProseField(max_length=2000)),
                ('contribution', ui.fields.ProseField(max_length=2000, verbose_name='how the activity may have contributed')),
                ('others', ui.fields.ProseField(max_length=2000, verbose_name='what else may explain it')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatedTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stated_totals', to='metrics.headcountreport')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.department')),
                ('employees', models.PositiveIntegerField()),
                ('fte', models.DecimalField(decimal_places=2, max_digits=9, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'department'), name='stated_total_once_per_department'), models.UniqueConstraint(condition=models.Q(('department__isnull', True)), fields=('report',), name='stated_total_once_for_the_whole')],
            },
        ),
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expectation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='metrics.expectation')),
                ('on', models.DateField(verbose_name='on')),
                ('reason', ui.fields.ProseField(max_length=1000, verbose_name='why')),
                ('changes', models.JSONField(default=list)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_reason')],
            },
        ),
    ]
